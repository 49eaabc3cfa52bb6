// Package spelling finds the known word that a misspelt one most likely stands for, so
// that the message about a wrong key or setting can suggest it. It knows no vocabulary
// of its own and corrects nothing.
package spelling

// most is the largest number of wrong letters in a word that is still recognised.
const most = 2

// Nearest gives the word of the list that s most likely stands for: at most two
// letters off, and fewer than half of its own. It gives "" if there is none.
func Nearest(s string, words []string) string {
	least, found := most+1, ""
	for _, w := range words {
		if d := Distance(s, w); d < least && 2*d < len(w) {
			least, found = d, w
		}
	}
	return found
}

// Distance counts the bytes to insert, remove or replace between two words; it is
// more than most, and no count, if the lengths alone are that far apart.
func Distance(a, b string) int {
	if len(a) > len(b)+most || len(b) > len(a)+most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
