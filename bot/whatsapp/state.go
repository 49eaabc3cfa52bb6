package whatsapp

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// StateCode names what is the matter with the connection or the account.
type StateCode string

// The states of the connection. There is always exactly one.
const (
	StateUnlinked   StateCode = "unlinked"   // no device was ever linked
	StateStopped    StateCode = "stopped"    // not started
	StateConnecting StateCode = "connecting" // the network is sought
	StateConnected  StateCode = "connected"

	StateUnreachable StateCode = "unreachable" // the network has been sought in vain for long
	StateSilent      StateCode = "silent"      // connected, but nothing is heard
	StateLoggedOut   StateCode = "logged_out"  // the device was removed on the phone
	StateLocked      StateCode = "locked"      // the account's phone is logged out or locked (403)
	StateBanned      StateCode = "banned"      // for good (406)
	StateTempBanned  StateCode = "temporarily_banned"
	StateOutdated    StateCode = "outdated" // WhatsApp refuses this version of the library
	StateReplaced    StateCode = "replaced" // another process uses the same session
	StateRefused     StateCode = "refused"  // for a reason that is not known
)

// States that come on top of the connection's.
const (
	StateTimelock    StateCode = "timelock"     // strangers may not be written to (463)
	StatePhoneUnseen StateCode = "phone_unseen" // the account's phone has been away for long
)

// State is one thing to know about the connection or the account. Since is when it
// began; Until is when it ends by itself, if that is known.
type State struct {
	Code   StateCode
	Since  time.Time
	Until  time.Time
	Detail string // what WhatsApp said: a short code, or a number of days
}

// Status is the account's state as read from a session file, also while another process
// uses it.
type Status struct {
	Running   bool    // a process has the session open
	Number    string  // of the account, digits with the country's first; "" if none is linked
	States    []State // as [Channel.States] had them last
	LastSign  time.Time
	PhoneSeen time.Time
	Messages  Messages // of the last day
}

// Messages counts what went out, by how far it has come.
type Messages struct {
	Waiting   int // about to be sent, or sent without an answer
	Sent      int // WhatsApp has taken it; the phone has not
	Delivered int // on the phone
	Read      int
}

// PairStep is the state of a pairing.
type PairStep struct {
	QR    string // show this QR code; it replaces the one before
	Code  string // have this code typed on the phone
	Done  bool   // the device is linked and logged in
	Error error  // the pairing has failed
}

// Errors of a pairing.
var (
	// ErrLinked says that a device is linked already.
	ErrLinked = errors.New("this session is linked to a number already")
	// ErrUnreachable says that WhatsApp cannot be reached.
	ErrUnreachable = errors.New("WhatsApp cannot be reached")
	// ErrPairTimeout says that nobody scanned a QR code or typed the code in time.
	ErrPairTimeout = errors.New("nobody has linked the device in time")
	// ErrPairFailed says that WhatsApp or the phone did not accept the device.
	ErrPairFailed = errors.New("the device was not linked")
)

// final tells that only a person can change the state.
func (s State) final() bool {
	switch s.Code {
	case StateUnlinked, StateStopped, StateLoggedOut, StateLocked, StateBanned, StateOutdated, StateReplaced:
		return true
	case StateConnecting, StateConnected, StateUnreachable, StateSilent, StateTempBanned, StateRefused, StateTimelock, StatePhoneUnseen:
	}
	return false
}

// decided tells that WhatsApp, or a person, has said how the connection is: that it
// is down is then no news.
func (s State) decided() bool {
	return s.final() && s.Code != StateStopped || s.Code == StateTempBanned || s.Code == StateRefused
}

// unlinks tells that the state leaves no device linked.
func (s State) unlinks() bool {
	return slices.Contains([]StateCode{StateUnlinked, StateLoggedOut, StateLocked, StateBanned}, s.Code)
}

// ailing tells that the connection is sought anew all the while, so that the seeking
// itself is no news.
func (s State) ailing() bool {
	return slices.Contains([]StateCode{StateUnreachable, StateSilent, StateRefused}, s.Code) || s.endless()
}

// endless tells of a ban of which WhatsApp did not say when it ends.
func (s State) endless() bool { return s.Code == StateTempBanned && s.Until.IsZero() }

// Alarming tells that the administrator should hear of the state at once.
func (s State) Alarming() bool {
	return !slices.Contains([]StateCode{StateStopped, StateConnecting, StateConnected}, s.Code)
}

// Sentence says in Indonesian what is the matter, and what to do. when words an
// instant, such as "Senin, 23 November 2026, 15.45 WIB".
func (s State) Sentence(when func(time.Time) string) (what, todo string) {
	w := sentences()[s.Code]
	if s.endless() {
		return "WhatsApp memblokir nomor ini untuk sementara; sampai kapan tidak disebutkan. Dicoba lagi setiap 6 jam.", w[1]
	}
	if !s.Until.IsZero() {
		return fmt.Sprintf(w[0], when(s.Until)), w[1]
	}
	if s.Detail != "" {
		return fmt.Sprintf(w[0], s.Detail), w[1]
	}
	return w[0], w[1]
}

// sentences gives, by state, a description of the fault and its remedy.
func sentences() map[StateCode][2]string {
	return map[StateCode][2]string{
		StateUnlinked: {
			"WhatsApp belum ditautkan ke nomor mana pun.",
			"Admin mengetik WHATSAPP di Telegram, membuka tautannya, lalu memindai kode QR dari ponsel kantor (Perangkat tertaut). Atau hentikan izinbot dan jalankan `izinbot whatsapp pair`.",
		},
		StateStopped:    {"WhatsApp tidak dijalankan.", "Jalankan izinbot."},
		StateConnecting: {"WhatsApp sedang disambungkan.", "Tunggu sebentar. Bila lebih dari 5 menit, periksa sambungan internet server."},
		StateConnected:  {"WhatsApp tersambung.", "Tidak ada yang perlu dilakukan."},
		StateUnreachable: {
			"WhatsApp tidak bisa dihubungi.",
			"Periksa sambungan internet server. Sambungan terus dicoba; pesan orang menunggu di WhatsApp.",
		},
		StateSilent: {
			"WhatsApp tampak tersambung, tetapi tidak memberi kabar apa pun.",
			"Sambungan sedang diulang. Bila tetap begini, periksa sambungan internet server.",
		},
		StateLoggedOut: {
			"Perangkat dikeluarkan dari WhatsApp. Pesan tidak masuk dan tidak terkirim.",
			"Periksa ponsel kantor: Perangkat tertaut. Lalu tautkan lagi: admin mengetik WHATSAPP di Telegram. Pemohon sementara dilayani lewat Telegram dan loket.",
		},
		StateLocked: {
			"Akun WhatsApp kantor terkunci, atau keluar dari ponselnya.",
			"Buka WhatsApp di ponsel kantor dan ikuti petunjuknya. Setelah akun pulih, tautkan lagi: admin mengetik WHATSAPP di Telegram.",
		},
		StateBanned: {
			"WhatsApp memblokir nomor kantor.",
			"Ajukan banding dari WhatsApp di ponsel kantor (Minta peninjauan). Bila ditolak, pakai nomor cadangan; lihat docs/whatsapp.md. Pemohon dilayani lewat Telegram dan loket.",
		},
		StateTempBanned: {
			"WhatsApp memblokir nomor ini sampai %s.",
			"Jangan memulai ulang dan jangan memakai nomor ini di aplikasi lain. Sambungan dicoba lagi sendiri. Kurangi pemberitahuan: turunkan batas per jam dan per hari.",
		},
		StateOutdated: {"WhatsApp menolak versi ini karena sudah usang.", "Perbarui izinbot ke versi terbaru. Data dan tautan tetap ada."},
		StateReplaced: {
			"Program lain memakai sesi WhatsApp yang sama, jadi sambungan di sini ditutup.",
			"Hentikan program yang lain itu, lalu mulai ulang izinbot. Satu sesi hanya untuk satu program.",
		},
		StateRefused: {"WhatsApp menolak sambungan (kode %s).", "Sambungan dicoba lagi. Bila berlanjut lebih dari satu jam, perbarui izinbot."},
		StateTimelock: {
			"WhatsApp melarang nomor ini memulai percakapan sampai %s.",
			"Yang menulis lebih dulu tetap dijawab. Kabar bagi yang lain lewat Telegram, atau Front Office menelepon.",
		},
		StatePhoneUnseen: {
			"Ponsel kantor sudah %s hari tidak terlihat di WhatsApp. Pada hari ke-14 tautan diputus.",
			"Nyalakan ponsel kantor, sambungkan ke internet, dan buka WhatsApp sebentar.",
		},
	}
}
