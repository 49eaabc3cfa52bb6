package form

import (
	"regexp"
	"strings"
)

// pointIn finds the point in what people type for one, and gives it as
// [workflow.ParseCoordinates] reads it: with a blank or a semicolon between, with decimal
// commas, in brackets, or as the address of a map. Another text stays as it is.
func pointIn(text string) string {
	if _, rest, ok := strings.Cut(text, "://"); ok {
		if m := mapPoint().FindStringSubmatch(rest); m != nil {
			return m[1] + "," + m[2]
		}
		return text
	}
	text = strings.Trim(text, "()[] ")
	for _, between := range []*regexp.Regexp{commaDecimals(), twoNumbers()} {
		if m := between.FindStringSubmatch(text); m != nil {
			return strings.Replace(m[1], ",", ".", 1) + "," + strings.Replace(m[2], ",", ".", 1)
		}
	}
	return text
}

// mapPoint matches a point in the address of a map site: after "@", "q=" or "ll=".
func mapPoint() *regexp.Regexp {
	return regexp.MustCompile(`(?:@|[?&](?:q|ll|query)=)(-?\d+\.\d+)(?:,|%2C)(-?\d+\.\d+)`)
}

// commaDecimals are two numbers with decimal commas: "2,74 98,32".
func commaDecimals() *regexp.Regexp {
	return regexp.MustCompile(`^(-?\d+,\d+)(?:\s+|\s*;\s*|,\s+)(-?\d+,\d+)$`)
}

// twoNumbers are two numbers with decimal points: "2.74 98.32".
func twoNumbers() *regexp.Regexp {
	return regexp.MustCompile(`^(-?\d+(?:\.\d+)?)(?:\s*[,;]\s*|\s+)(-?\d+(?:\.\d+)?)$`)
}
