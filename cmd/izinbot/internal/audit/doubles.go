package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Double is a number that more than one letter bears, from the time before a printed number
// existed once. It is told, and never changed: the letters are out.
type Double struct {
	Text    string
	Letters []string // "<case>, <letter>"
}

func (d Double) String() string {
	return fmt.Sprintf("nomor %s tercetak pada %d surat: %s", d.Text, len(d.Letters), strings.Join(d.Letters, "; "))
}

// Doubles gives the numbers that more than one letter bears, by text.
func Doubles(ctx context.Context, s store.Portable) ([]Double, error) {
	bearers := map[string][]string{}
	err := eachNumber(ctx, s, func(n store.PortableNumber) error {
		if n.Printed != numberOf(n).Row() {
			return nil
		}
		text, err := borne(ctx, s, n)
		if text != "" {
			bearers[text] = append(bearers[text], letterOf(n))
		}
		return err
	})
	if err != nil || len(bearers) == 0 {
		return nil, err
	}
	err = eachNumber(ctx, s, func(n store.PortableNumber) error {
		if list, double := bearers[n.Printed]; double {
			bearers[n.Printed] = append([]string{letterOf(n)}, list...)
		}
		return nil
	})
	var out []Double
	for text, list := range bearers {
		if len(list) > 1 {
			out = append(out, Double{text, list})
		}
	}
	slices.SortFunc(out, func(a, b Double) int { return strings.Compare(a.Text, b.Text) })
	return out, err
}

func numberOf(n store.PortableNumber) workflow.Number {
	return workflow.Number{Register: n.Register, Year: n.Year, Seq: n.Seq, Text: n.Printed}
}

func letterOf(n store.PortableNumber) string { return strings.Replace(n.Key, "/", ", ", 1) }

// borne gives the text that the letter of a number bears; empty if there is none.
func borne(ctx context.Context, s store.Store, n store.PortableNumber) (string, error) {
	id, _, _ := strings.Cut(n.Key, "/")
	c, err := s.Case(ctx, workflow.CaseID(id))
	if code := workflow.CodeOf(err); code == workflow.CodeNotFound || code == workflow.CodeDamaged {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("case %s: %w", id, err)
	}
	for _, l := range c.Letters {
		if l.Number != nil && l.Number.Row() == numberOf(n).Row() {
			return l.Number.Text, nil
		}
	}
	return "", nil
}

func eachNumber(ctx context.Context, s store.Portable, do func(store.PortableNumber) error) error {
	for from := ""; ; {
		page, err := s.Records(ctx, store.KindNumber, from, batch)
		if err != nil {
			return fmt.Errorf("list numbers: %w", err)
		}
		for _, r := range page.Records {
			var n store.PortableNumber
			if err := json.Unmarshal(r.Doc, &n); err != nil {
				return fmt.Errorf("number %s: %w", r.ID, err)
			}
			if err := do(n); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		from = page.Next
	}
}
