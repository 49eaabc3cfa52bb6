package filestore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/streamingaead"
	"github.com/tink-crypto/tink-go/v2/tink"
)

const keyFile = "key.json"

// ErrKeyExposed is the reason why a store is not opened whose keys others may
// read.
var ErrKeyExposed = errors.New("others may read the key file: set its mode to 0600, and if that was not just a slip, treat the files as known to others")

// ErrKeyLost is the reason why a store is not opened that has files but no keys.
var ErrKeyLost = errors.New("the key file is missing: without it no stored file can be read again, " +
	"and the officers must set up their one-time codes anew; put key.json back from its backup. " +
	"Only if there is none and all files may be given up, move them away and start with an empty directory")

// keys are the contents of the key file: two Tink keysets in the clear.
type keys struct {
	Files   json.RawMessage `json:"files"`
	Secrets json.RawMessage `json:"secrets"`
}

// loadKeys reads the keys, or makes them in a directory without files.
func loadKeys(root *os.Root) (tink.StreamingAEAD, Sealer, error) {
	info, err := root.Stat(keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKeys(root); err != nil {
			return nil, Sealer{}, err
		}
		info, err = root.Stat(keyFile)
	}
	if err != nil {
		return nil, Sealer{}, fmt.Errorf("look for keys: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, Sealer{}, fmt.Errorf("%w (mode %#o)", ErrKeyExposed, mode)
	}
	return readKeys(root)
}

func readKeys(root *os.Root) (tink.StreamingAEAD, Sealer, error) {
	data, err := root.ReadFile(keyFile)
	if err != nil {
		return nil, Sealer{}, fmt.Errorf("read keys: %w", err)
	}
	var k keys
	if err := json.Unmarshal(data, &k); err != nil {
		return nil, Sealer{}, errors.New("read keys: the key file is not what was written: put it back from its backup")
	}
	files, err := readKeyset(k.Files)
	if err != nil {
		return nil, Sealer{}, err
	}
	secrets, err := readKeyset(k.Secrets)
	if err != nil {
		return nil, Sealer{}, err
	}
	stream, err := streamingaead.New(files)
	if err != nil {
		return nil, Sealer{}, fmt.Errorf("read keys: %w", err)
	}
	sealer, err := aead.New(secrets)
	if err != nil {
		return nil, Sealer{}, fmt.Errorf("read keys: %w", err)
	}
	return stream, Sealer{sealer}, nil
}

// makeKeys writes new keys unless there are files that old ones belong to.
func makeKeys(root *os.Root) error {
	if err := refuseOrphans(root); err != nil {
		return err
	}
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
	f, err := makeTemp(root)
	if err != nil {
		return err
	}
	defer f.discard()
	if _, err := f.Write(data); err != nil {
		return fmt.Errorf("write keys: %w", err)
	}
	return f.keep(".", keyFile)
}

// refuseOrphans fails if there is any stored file.
func refuseOrphans(root *os.Root) error {
	files, err := fs.Glob(root.FS(), "[0-9a-f][0-9a-f]/*")
	if err != nil {
		return fmt.Errorf("look for files: %w", err)
	}
	if len(files) > 0 {
		return fmt.Errorf("%w (%d files)", ErrKeyLost, len(files))
	}
	return nil
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
