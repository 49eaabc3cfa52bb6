package filestore_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"izinbot/workflow/filestore"
)

// A content is found by its SHA-256; the same content is stored once.
func ExampleStore() {
	dir, err := os.MkdirTemp("", "filestore")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	files, err := filestore.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = files.Close() }()
	ctx := context.Background()
	key, size, err := files.Put(ctx, strings.NewReader("Akta CONTOH"))
	fmt.Println(key[:12], size, err)
	content, err := files.Open(ctx, key)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = content.Close() }()
	plain, err := io.ReadAll(content)
	fmt.Println(string(plain), err)
	// Output:
	// 19c9abe45039 11 <nil>
	// Akta CONTOH <nil>
}
