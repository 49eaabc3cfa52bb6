package pades_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"izinbot/workflow/pades"
	"izinbot/workflow/pades/padestest"
)

// mutation is something done to a signed letter that is no longer what was signed.
type mutation struct {
	name string
	// of makes it of a letter at a level.
	of func(t *testing.T, o *office, pdf []byte) []byte
	// verdict is what Verify must say, problem what it must say of the signatory's signature;
	// "" for a file that is read by nobody.
	verdict pades.Verdict
	problem pades.Problem
}

func mutations() []mutation {
	plain := func(change func(pdf []byte) []byte) func(*testing.T, *office, []byte) []byte {
		return func(_ *testing.T, _ *office, pdf []byte) []byte { return change(bytes.Clone(pdf)) }
	}
	return []mutation{
		{"one byte of a page changed", plain(func(pdf []byte) []byte {
			pdf[bytes.Index(pdf, []byte("stream\n"))+40] ^= 1
			return pdf
		}), pades.Altered, pades.Changed},
		{"one digit of the signature changed", plain(func(pdf []byte) []byte {
			hole := contents(pdf)
			end := hole + len(bytes.TrimRight(pdf[hole:hole+bytes.IndexByte(pdf[hole:], '>')], "0"))
			pdf[end-20] = map[bool]byte{true: '1', false: '0'}[pdf[end-20] == '0']
			return pdf
		}), pades.Altered, pades.Forged},
		{"signing time changed", plain(func(pdf []byte) []byte {
			return bytes.Replace(pdf, []byte("/M(D:20261123"), []byte("/M(D:20261122"), 1)
		}), pades.Altered, pades.Changed},
		{"signed range made shorter", plain(func(pdf []byte) []byte {
			return withRange(pdf, func(n []int) { n[3] -= 200 })
		}), pades.Altered, pades.Changed},
		{"hole made wider", plain(func(pdf []byte) []byte {
			return withRange(pdf, func(n []int) { n[1] -= 40 })
		}), pades.Altered, pades.Forged},
		{"cut off at the end", plain(func(pdf []byte) []byte { return pdf[:len(pdf)-400] }), pades.Altered, pades.Forged},
		{"bytes after the end", plain(func(pdf []byte) []byte { return append(pdf, "% tambahan\n"...) }), pades.Altered, pades.Extended},
		{"page replaced by an increment", plain(func(pdf []byte) []byte {
			page := lastObject(pdf, pageOne(pdf))
			content := regexp.MustCompile(`/Contents (\d+) 0 R`).FindSubmatch(page)
			return increment(pdf, map[int]string{atoi(content[1]): "<</Length 29>>\nstream\n/Artifact BMC 0 0 9 9 re f EMC\nendstream"})
		}), pades.Altered, pades.Extended},
		{"page added by an increment", plain(func(pdf []byte) []byte {
			kids := regexp.MustCompile(`/Kids \[`).ReplaceAll(lastObject(pdf, 1), fmt.Appendf(nil, "/Kids [%d 0 R ", size(pdf)))
			kids = bytes.Replace(kids, []byte("/Count 2"), []byte("/Count 3"), 1)
			return increment(pdf, map[int]string{1: string(kids), size(pdf): "<</Type/Page/Parent 1 0 R/MediaBox[0 0 595 842]/Resources<<>>>>"})
		}), pades.Altered, pades.Extended},
		{"note put over a page by an increment", plain(func(pdf []byte) []byte {
			page, note := pageOne(pdf), size(pdf)
			body := string(lastObject(pdf, page))
			if at := strings.Index(body, "/Annots["); at >= 0 {
				body = body[:at+8] + fmt.Sprintf("%d 0 R ", note) + body[at+8:]
			} else {
				body = strings.Replace(body, "<<", fmt.Sprintf("<</Annots[%d 0 R]", note), 1)
			}
			return increment(pdf, map[int]string{page: body, note: "<</Type/Annot/Subtype/FreeText/Rect[90 700 500 760]/F 4/DA(/F1 12 Tf)/Contents(DICABUT)>>"})
		}), pades.Altered, pades.Extended},
		{"signature of another letter put in", func(t *testing.T, o *office, pdf []byte) []byte {
			t.Helper()
			other := o.sign(t, padestest.Letter(t, signedAt().AddDate(0, 0, 1)))
			from, to := contents(other), contents(pdf)
			pdf = bytes.Clone(pdf)
			copy(pdf[to:], other[from:from+bytes.IndexByte(other[from:], '>')])
			return pdf
		}, pades.Altered, pades.Changed},
		{"signed with a certificate of one's own", func(t *testing.T, o *office, pdf []byte) []byte {
			t.Helper()
			forger := padestest.NewAuthority(t, "Penerbit CONTOH", signedAt())
			return resigned(t, pdf, forger.Person(t, "Contoh Kepala Dinas", signedAt().AddDate(0, -6, 0), signedAt().AddDate(2, 0, 0)))
		}, pades.Unconfirmed, pades.Unknown},
		{"signed with a certificate that had ended", func(t *testing.T, o *office, pdf []byte) []byte {
			t.Helper()
			return resigned(t, pdf, o.issuer.Person(t, "Contoh Kepala Dinas", signedAt().AddDate(0, -6, 0), signedAt().AddDate(0, 0, -1)))
		}, pades.Unconfirmed, pades.Expired},
	}
}

// resigned puts another key's signature into the hole of the first. What came after it is left
// away: it was made over the first.
func resigned(t *testing.T, pdf []byte, key pades.Key) []byte {
	t.Helper()
	hole := contents(pdf) - 1
	p := pades.Prepared{PDF: bytes.Clone(pdf), Hole: hole, End: hole + bytes.IndexByte(pdf[hole:], '>') + 1}
	n := rangeOf(pdf)
	p.PDF = p.PDF[:n[2]+n[3]]
	digits := p.PDF[p.Hole+1 : p.End-1]
	copy(digits, bytes.Repeat([]byte("0"), len(digits)))
	cms, err := pades.SignAnyway(key, p)
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Embed(cms)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// contents gives where the first signature's digits begin.
func contents(pdf []byte) int {
	return bytes.Index(pdf, []byte("/Contents<")) + len("/Contents<")
}

func rangeOf(pdf []byte) []int {
	m := regexp.MustCompile(`/ByteRange\[(\d+) +(\d+) +(\d+) +(\d+)\]`).FindSubmatch(pdf)
	return []int{atoi(m[1]), atoi(m[2]), atoi(m[3]), atoi(m[4])}
}

func withRange(pdf []byte, change func(n []int)) []byte {
	n := rangeOf(pdf)
	change(n)
	at := bytes.Index(pdf, []byte("/ByteRange[0 ")) + len("/ByteRange[0 ")
	copy(pdf[at:], fmt.Sprintf("%10d %10d %10d", n[1], n[2], n[3]))
	return pdf
}

func size(pdf []byte) int {
	all := regexp.MustCompile(`/Size (\d+)`).FindAllSubmatch(pdf, -1)
	return atoi(all[len(all)-1][1])
}

func pageOne(pdf []byte) int {
	return atoi(regexp.MustCompile(`/Kids \[(\d+) 0 R`).FindSubmatch(lastObject(pdf, 1))[1])
}

// lastObject gives the newest body of an object.
func lastObject(pdf []byte, no int) []byte {
	_, body, _ := bytes.Cut(pdf[bytes.LastIndex(pdf, fmt.Appendf(nil, "\n%d 0 obj\n", no))+1:], []byte("obj\n"))
	body, _, _ = bytes.Cut(body, []byte("\nendobj"))
	return body
}

// increment appends objects as an editor does.
func increment(pdf []byte, objects map[int]string) []byte {
	root := regexp.MustCompile(`/Root (\d+ 0 R)/Info (\d+ 0 R)/ID(\[.*\])`).FindSubmatch(pdf)
	prev := regexp.MustCompile(`startxref\n(\d+)`).FindAllSubmatch(pdf, -1)
	out, highest := bytes.Clone(pdf), size(pdf)
	var rows strings.Builder
	numbers := []int{}
	for no := range objects {
		numbers = append(numbers, no)
	}
	slices.Sort(numbers)
	for _, no := range numbers {
		fmt.Fprintf(&rows, "%d 1\n%010d 00000 n \n", no, len(out))
		out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", no, objects[no])
		highest = max(highest, no+1)
	}
	return fmt.Appendf(out, "xref\n%strailer\n<</Size %d/Root %s/Info %s/ID%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n",
		rows.String(), highest, root[1], root[2], root[3], prev[len(prev)-1][1], len(out))
}

func atoi(b []byte) int {
	n, err := strconv.Atoi(string(b))
	if err != nil {
		panic(err)
	}
	return n
}
