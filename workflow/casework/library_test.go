package casework_test

import (
	"bytes"
	"errors"
	"sync"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/sop"
)

// TestLibraryKeepsEveryVersion: a newer procedure is for new cases, the older for those
// that began with it, also after a restart.
func TestLibraryKeepsEveryVersion(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.def.Ref
	newer := bytes.Replace(smallSOP(t), []byte(`versi: "1"`), []byte(`versi: "2"`), 1)
	parsed := 0
	var mu sync.Mutex
	library, err := casework.NewLibrary(t.Context(), o.store, newer, func(src []byte) (*workflow.SOP, error) {
		mu.Lock()
		defer mu.Unlock()
		parsed++
		return sop.Parse(src)
	})
	if err != nil {
		t.Fatal(err)
	}
	if library.Current().Ref == first {
		t.Fatal("the newer version is not the current one")
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if def, err := library.Get(t.Context(), first); err != nil || def.Ref != first {
				t.Errorf("%+v, %v", def, err)
			}
		})
	}
	wg.Wait()
	before := parsed
	if def, err := library.Get(t.Context(), first); err != nil || def.Ref != first || parsed != before {
		t.Errorf("it is read again: %d times, %v", parsed, err)
	}
	if _, err := library.Get(t.Context(), workflow.SOPRef{Name: "reklame", Version: "lain"}); workflow.CodeOf(err) != workflow.CodeNotFound {
		t.Errorf("an unknown version: %v", err)
	}
	faulty := errors.New("faulty")
	if _, err := casework.NewLibrary(t.Context(), o.store, newer, func([]byte) (*workflow.SOP, error) { return nil, faulty }); !errors.Is(err, faulty) {
		t.Errorf("a faulty procedure: %v", err)
	}
}
