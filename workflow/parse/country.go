package parse

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"izinbot/workflow/normalize"
	"izinbot/workflow/spelling"
)

// Country tells whether a text is the name of one country, in Indonesian or English, with or
// without words such as "Republik". If not, it gives the name that it is nearest to, or that
// it begins; "" if none is.
func Country(s string) (known bool, nearest string) {
	bare := bareCountry(s)
	if bare == "" {
		return false, ""
	}
	var plain, shown []string
	for _, name := range countryNames() {
		if p := bareCountry(name); p == bare {
			return true, ""
		} else if p != "" {
			plain, shown = append(plain, p), append(shown, name)
		}
	}
	if slices.Contains(otherCountryNames(), bare) {
		return true, ""
	}
	if near := spelling.Nearest(bare, plain); near != "" && (len(near) > shortName || spelling.Distance(bare, near) == 1) {
		return false, shown[slices.Index(plain, near)]
	}
	return false, begunCountry(bare, plain, shown)
}

// begunCountry gives the one country whose name begins with a text: "nether".
func begunCountry(bare string, plain, shown []string) string {
	found := ""
	for i, name := range plain {
		switch {
		case len(bare) < leastBegun || !strings.HasPrefix(name, bare):
		case found != "" && bareCountry(found) != name:
			return "" // two begin alike
		default:
			found = shown[i]
		}
	}
	return found
}

// leastBegun is the least number of letters of the beginning of a name.
const leastBegun = 4

// shortName is the length up to which two wrong letters make another name.
const shortName = 6

// bareCountry gives the plain words of a name without those that say that it is a state.
func bareCountry(s string) string {
	words := slices.DeleteFunc(strings.Fields(normalize.Plain(s)), func(w string) bool {
		return slices.Contains([]string{"negara", "republik", "republic", "kerajaan", "kingdom", "federal", "federation", "federasi", "of", "the", "state", "and", "dan"}, w)
	})
	return strings.Join(words, " ")
}

// countryNames lists the names of all countries in Indonesian, then in English, as Unicode's
// Common Locale Data Repository has them.
func countryNames() []string {
	var names []string
	for _, namer := range []display.Namer{display.Regions(language.Indonesian), display.Regions(language.English)} {
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				if region, err := language.ParseRegion(string(a) + string(b)); err == nil && region.IsCountry() {
					names = append(names, namer.Name(region))
				}
			}
		}
	}
	return names
}

// otherCountryNames lists what else people call countries, in plain words without those that
// say that it is a state.
func otherCountryNames() []string {
	return strings.Split("as|united states america|usa|us|u s a|amerika|america|uk|u k|inggris|england|britain|great britain|britania raya|united|skotlandia|scotland|wales|irlandia utara|northern ireland|"+
		"holland|nederland|norge|deutschland|schweiz|korea|korsel|korea utara|cina|rrc|rrt|rakyat tiongkok|rakyat cina|people s china|rusia|russian|ceko|czech|uea|uae|saudi|arab saudi|"+
		"vatikan|tahta suci|holy see|burma|birma|turki|turkey|taiwan|hongkong|hong kong|macau|makau|palestina|swaziland|makedonia|pantai gading|kongo|congo", "|") //nolint:misspell // Indonesian
}
