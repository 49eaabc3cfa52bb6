package filestore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/streamingaead"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// ErrKeyExposed is the reason why a store is not opened whose keys others may
// read. It comes in an [fs.PathError].
var ErrKeyExposed = errors.New("others may read the key file: only the program's own user may (mode 0600), and if that was not just a slip, treat the files as known to others")

// keys are the contents of the key file: two Tink keysets in the clear.
type keys struct {
	Files   json.RawMessage `json:"files"`
	Secrets json.RawMessage `json:"secrets"`
}

// keyring is the keys in use.
type keyring struct {
	stream tink.StreamingAEAD
	sealer Sealer
}

// readKeys reads the key file; none is an error that matches fs.ErrNotExist.
func readKeys(path string) (keyring, error) {
	data, err := readKeyFile(path)
	if err != nil {
		return keyring{}, err
	}
	return parseKeys(data)
}

// readKeyFile reads the bytes of a key file that its owner alone may read.
func readKeyFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look for keys: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, &fs.PathError{Op: "read keys", Path: path, Err: fmt.Errorf("%w (mode %#o)", ErrKeyExposed, mode)}
	}
	data, err := os.ReadFile(path) //nolint:gosec // the operator chose the path
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	return data, nil
}

// decodeKeys decodes the two keysets of a key file.
func decodeKeys(data []byte) (keys, error) {
	var k keys
	if err := json.Unmarshal(data, &k); err != nil {
		return keys{}, errors.New("read keys: the key file is not what was written: put it back from its backup")
	}
	return k, nil
}

func parseKeys(data []byte) (keyring, error) {
	k, err := decodeKeys(data)
	if err != nil {
		return keyring{}, err
	}
	files, err := readKeyset(k.Files)
	if err != nil {
		return keyring{}, err
	}
	secrets, err := readKeyset(k.Secrets)
	if err != nil {
		return keyring{}, err
	}
	stream, err := streamingaead.New(files)
	if err != nil {
		return keyring{}, fmt.Errorf("read keys: %w", err)
	}
	sealer, err := aead.New(secrets)
	if err != nil {
		return keyring{}, fmt.Errorf("read keys: %w", err)
	}
	return keyring{stream, Sealer{sealer}}, nil
}

// makeKeys writes new keys where there are none.
func makeKeys(path string) error {
	files, err := newKeyset(streamingaead.AES256GCMHKDF4KBKeyTemplate())
	if err != nil {
		return err
	}
	secrets, err := newKeyset(aead.AES256GCMKeyTemplate())
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(keys{Files: files, Secrets: secrets}, "", "  ")
	if err != nil {
		return fmt.Errorf("make keys: %w", err)
	}
	return writeKeys(path, data)
}

// CopyKeys gives a backend that has no key file the keys of another, so that what is
// sealed there can be read here. Keys that are there are left as they are.
func CopyKeys(from, to string) error {
	there, err := exists(to)
	if err != nil || there {
		return err
	}
	data, err := readKeyFile(from)
	if err == nil {
		_, err = parseKeys(data)
	}
	if err != nil {
		return fmt.Errorf("copy keys: %w", err)
	}
	return writeKeys(to, data)
}

// writeKeys writes a key file whole or not at all.
func writeKeys(path string, data []byte) error {
	root, err := openRoot(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer root.Close()
	f, err := makeTemp(root, ".")
	if err != nil {
		return err
	}
	defer f.discard()
	if _, err := f.Write(data); err != nil {
		return fmt.Errorf("write keys: %w", err)
	}
	return f.keep(".", filepath.Base(path))
}

func newKeyset(template *tinkpb.KeyTemplate) (json.RawMessage, error) {
	handle, err := keyset.NewHandle(template)
	if err != nil {
		return nil, fmt.Errorf("make keys: %w", err)
	}
	var out bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&out)); err != nil {
		return nil, fmt.Errorf("make keys: %w", err)
	}
	return out.Bytes(), nil
}

// readKeyset never says what it read.
func readKeyset(data []byte) (*keyset.Handle, error) {
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(data)))
	if err != nil {
		return nil, errors.New("read keys: the key file is damaged: put it back from its backup")
	}
	return handle, nil
}

// exists tells whether there is a key file.
func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
