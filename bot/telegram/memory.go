package telegram

import "sync"

// mostRecent is the number of keys that a recent remembers. What is beyond is forgotten,
// with all else: to forget costs a person no more than a hint.
const mostRecent = 50_000

// recent remembers something of the chats or messages that were used last. Its zero value
// is ready.
type recent[K, V comparable] struct {
	mu  sync.Mutex
	all map[K]V
}

func (r *recent[K, V]) get(key K) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.all[key]
	return v, ok
}

// set remembers v; the zero value is not kept.
func (r *recent[K, V]) set(key K, v V) { r.swap(key, v) }

// swap is set that gives what was remembered before.
func (r *recent[K, V]) swap(key K, v V) (before V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var zero V
	before = r.all[key]
	if v == zero {
		delete(r.all, key)
		return before
	}
	if r.all == nil || len(r.all) >= mostRecent {
		r.all = map[K]V{}
	}
	r.all[key] = v
	return before
}

// attempts remembers how far deliveries got that take several calls or were tried
// before. A restart forgets it: then what was sent is sent again. Its zero value is
// ready.
type attempts struct {
	mu  sync.Mutex
	all map[string]attempt
}

type attempt struct {
	done    int  // parts that were sent
	doubted bool // the part after them may have been sent
}

func (a *attempts) done(id string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.all[id].done
}

func (a *attempts) put(id string, to attempt) {
	if a.all == nil || len(a.all) >= mostRecent {
		a.all = map[string]attempt{}
	}
	a.all[id] = to
}

func (a *attempts) advance(id string, done int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.put(id, attempt{done: done})
}

// doubt notes that the next part may have been sent, and tells whether that was so
// before.
func (a *attempts) doubt(id string) (again bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.all[id]
	again, t.doubted = t.doubted, true
	a.put(id, t)
	return again
}

func (a *attempts) forget(id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.all, id)
}

// mostTasks limits the tasks that are under way.
const mostTasks = 1_000

// tasks does what may as well not be done, beside all else. Its zero value is
// ready.
type tasks struct {
	mu    sync.Mutex
	count int
	group sync.WaitGroup
}

// do starts a task, unless too many are under way.
func (t *tasks) do(task func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.count >= mostTasks {
		return
	}
	t.count++
	t.group.Go(func() {
		defer t.end()
		task()
	})
}

func (t *tasks) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count--
}

func (t *tasks) wait() { t.group.Wait() }
