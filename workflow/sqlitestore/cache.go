package sqlitestore

import (
	"context"
	"sync"
)

// cache keeps what was read last, so that who says many things in a row costs few
// reads. Nothing in it is ever stale: nobody else can write to the database (see
// [Open]), and every write of this process keeps to this order:
//
//  1. Before it commits, it bars the keys that it changes: from then on they are read
//     from the database, and no read that began before can still leave its result.
//  2. It commits.
//  3. Before anybody is told so, it lifts the bars, and leaves the new value or none.
//
// So who was told of a write sees it, and nobody sees an earlier value after a later
// one. A value is given to many readers: it must not be changed in place.
type cache[K comparable, V any] struct {
	most int // values that are kept at least; twice as many at most

	mu     sync.Mutex
	shut   int       // bars for all keys
	barred map[K]int // bars for one
	fresh  map[K]*slot[V]
	fading map[K]*slot[V] // forgotten next, unless asked for again
}

// slot holds the value of a key between two writes to it.
type slot[V any] struct {
	v     V
	known bool
}

func newCache[K comparable, V any](most int) *cache[K, V] {
	return &cache[K, V]{most: most, barred: map[K]int{}, fresh: map[K]*slot[V]{}}
}

// get gives the value of a key, read now if it is not known. What fails is not kept.
func (c *cache[K, V]) get(ctx context.Context, key K, read func(context.Context, K) (V, error)) (V, error) {
	p, v, known := c.look(key)
	if err := ctx.Err(); err != nil {
		return v, translate("read", err)
	}
	if known {
		return v, nil
	}
	v, err := read(ctx, key)
	if err == nil {
		c.fill(key, p, v)
	}
	return v, err
}

// look gives the value of a key, or the place to fill; nil if nothing may be kept.
func (c *cache[K, V]) look(key K) (p *slot[V], v V, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shut > 0 || c.barred[key] > 0 {
		return nil, v, false
	}
	p = c.find(key)
	if p == nil {
		p = &slot[V]{}
		c.put(key, p)
	}
	return p, p.v, p.known
}

// fill keeps what was read, unless a write or lack of room took its place away.
func (c *cache[K, V]) fill(key K, p *slot[V], v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p != nil && c.find(key) == p {
		p.v, p.known = v, true
	}
}

// bar is the first step of a write that changes one key.
func (c *cache[K, V]) bar(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.barred[key]++
	delete(c.fresh, key)
	delete(c.fading, key)
}

// lift is the last step of such a write. It leaves the new value, or none if it is
// nil. If a transaction has barred a key twice, the last value counts.
func (c *cache[K, V]) lift(key K, v *V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.barred[key]--
	if c.barred[key] > 0 {
		return
	}
	delete(c.barred, key)
	if v != nil && c.shut == 0 {
		c.put(key, &slot[V]{v: *v, known: true})
	}
}

// barAll is the first step of a write that may change any key.
func (c *cache[K, V]) barAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shut++
	c.fresh, c.fading = map[K]*slot[V]{}, nil
}

// liftAll is the last step of such a write.
func (c *cache[K, V]) liftAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shut--
}

// find gives the place of a key, which then stays for a while; nil if it has none.
func (c *cache[K, V]) find(key K) *slot[V] {
	if p, ok := c.fresh[key]; ok {
		return p
	}
	p, ok := c.fading[key]
	if ok {
		c.put(key, p)
	}
	return p
}

func (c *cache[K, V]) put(key K, p *slot[V]) {
	if len(c.fresh) >= c.most {
		c.fresh, c.fading = make(map[K]*slot[V], c.most), c.fresh
	}
	c.fresh[key] = p
}
