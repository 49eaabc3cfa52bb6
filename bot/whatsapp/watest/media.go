package watest

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/util/cbcutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
)

// Kinds of media, which are part of their encryption.
const (
	kindImage    = whatsmeow.MediaImage
	kindDocument = whatsmeow.MediaDocument
)

// macLength is the length of the authentication code behind the content.
const macLength = 10

var errMedia = errors.New("the media are not there or not genuine")

// uploaded holds a message's reference to its media.
type uploaded struct {
	path             string
	key              []byte
	hash, sealedHash []byte
}

// mediaKeys derives the initialisation vector and the two keys from a media key.
func mediaKeys(key []byte, kind whatsmeow.MediaType) (iv, cipher, mac []byte) {
	k := hkdfutil.SHA256(key, nil, []byte(kind), 112)
	return k[:16], k[16:48], k[48:80]
}

// upload encrypts content as a phone does, and keeps it.
func (s *Server) upload(kind whatsmeow.MediaType, content []byte) (uploaded, error) {
	up := uploaded{key: make([]byte, 32)}
	if _, err := rand.Read(up.key); err != nil {
		return up, err
	}
	iv, cipher, macKey := mediaKeys(up.key, kind)
	sealed, err := cbcutil.Encrypt(cipher, iv, content)
	if err != nil {
		return up, fmt.Errorf("encrypt media: %w", err)
	}
	mac := hmac.New(sha256.New, macKey)
	mac.Write(iv)
	mac.Write(sealed)
	sealed = append(sealed, mac.Sum(nil)[:macLength]...)
	hash, sealedHash := sha256.Sum256(content), sha256.Sum256(sealed)
	up.hash, up.sealedHash = hash[:], sealedHash[:]
	up.path = s.keep(sealed)
	return up, nil
}

// keep stores what is encrypted and gives its path.
func (s *Server) keep(sealed []byte) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mediaID++
	token := fmt.Sprintf("m%d", s.mediaID)
	s.media[token] = sealed
	return "/media/" + token + "?ccb=1"
}

// download reads media as a phone does.
func (s *Server) download(kind whatsmeow.MediaType, path string, key []byte) ([]byte, error) {
	s.mu.Lock()
	sealed := slices.Clone(s.media[token(path)])
	s.mu.Unlock()
	if len(sealed) < macLength {
		return nil, errMedia
	}
	sealed, sum := sealed[:len(sealed)-macLength], sealed[len(sealed)-macLength:]
	iv, cipher, macKey := mediaKeys(key, kind)
	mac := hmac.New(sha256.New, macKey)
	mac.Write(iv)
	mac.Write(sealed)
	if !hmac.Equal(mac.Sum(nil)[:macLength], sum) {
		return nil, errMedia
	}
	return cbcutil.Decrypt(cipher, iv, sealed)
}

func token(path string) string {
	path, _, _ = strings.Cut(strings.TrimPrefix(path, "/media/"), "?")
	return path
}

// Expire removes all media that were sent so far, as the servers do after weeks. What
// is encrypted stays on the phones.
func (s *Server) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for token, sealed := range s.media {
		if !strings.HasPrefix(token, expired) {
			s.media[expired+token] = sealed
			delete(s.media, token)
		}
	}
}

// expired marks media that only phones still have.
const expired = "expired-"

func answerMedia() []waBinary.Node {
	return []waBinary.Node{{
		Tag:     "media_conn",
		Attrs:   waBinary.Attrs{"auth": "contoh", "ttl": "3600", "auth_ttl": "3600", "max_buckets": "12"},
		Content: []waBinary.Node{{Tag: "host", Attrs: waBinary.Attrs{"hostname": "media.example.com"}}},
	}}
}

func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	sealed, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	path := s.keep(sealed)
	if err := json.NewEncoder(w).Encode(map[string]string{"url": "https://media.example.com" + path, "direct_path": path}); err != nil {
		s.fault("answer an upload: %w", err)
	}
}

func (s *Server) serveDownload(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	sealed, ok := s.media[r.PathValue("token")]
	s.mu.Unlock()
	if !ok || strings.HasPrefix(r.PathValue("token"), expired) {
		http.Error(w, "gone", http.StatusGone)
		return
	}
	_, _ = w.Write(sealed)
}
