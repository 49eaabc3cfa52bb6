package spelling_test

import (
	"fmt"

	"izinbot/workflow/spelling"
)

func ExampleNearest() {
	keys := []string{"pelaksana", "kelengkapan", "waktu"}
	fmt.Printf("%q %q\n", spelling.Nearest("pelaksna", keys), spelling.Nearest("warna", keys))
	// Output:
	// "pelaksana" ""
}
