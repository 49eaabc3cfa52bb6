package sop

// nearest gives the word of the list that s most likely stands for: at most two
// letters off, and fewer than half of them. It gives "" if there is none.
func nearest(s string, words []string) string {
	best, found := 3, ""
	for _, w := range words {
		if d := distance(s, w); d < best && 2*d < len(w) {
			best, found = d, w
		}
	}
	return found
}

// distance is the Levenshtein distance in bytes, 3 or more if the lengths alone
// are that far apart.
func distance(a, b string) int {
	if len(a) > len(b)+2 || len(b) > len(a)+2 {
		return 3
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
