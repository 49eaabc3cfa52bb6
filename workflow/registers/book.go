package registers

import (
	"slices"
	"strings"

	"izinbot/workflow"
)

// Kind names a book, for example in commands.
type Kind string

// The books that every procedure has. A further register that numbers letters is a book of
// its own, whose kind is the register's name.
const (
	Incoming       Kind = workflow.RegisterIncoming
	Outgoing       Kind = workflow.RegisterOutgoing
	Permits        Kind = workflow.RegisterPermits
	Courier        Kind = "ekspedisi"
	Applications   Kind = "permohonan"
	Clarifications Kind = "klarifikasi"
)

// Book is a kind of book: its heading, and what each row holds.
type Book struct {
	Kind    Kind
	Title   string // "Buku Agenda Surat Keluar"
	Columns []Column
}

// Column is a column of a book.
type Column struct {
	Head  string
	Type  Type
	Width float64 // share of the paper's width
	Sum   bool    // numbers that are added up
}

// Type says what a column's cells hold.
type Type int

// The types of columns, with the field of [Cell] that holds the value.
const (
	Text   Type = iota // Text
	Code               // Text, which is copied and compared rather than read
	Number             // N
	Date               // At, a day
	Time               // At, to the minute
)

// columns adds to columns common to several books.
func columns(first []Column, more ...Column) []Column { return append(slices.Clone(first), more...) }

// Books lists the books of an office that has used these procedures.
func Books(procedures []*workflow.SOP) []Book {
	list := []Book{incomingBook(), outgoingBook(), permitBook(), courierBook(), applicationBook(), clarificationBook()}
	for _, def := range procedures {
		for _, l := range def.Letters {
			if l.Register != "" && !slices.ContainsFunc(list, func(b Book) bool { return b.Kind == Kind(l.Register) }) {
				list = append(list, agendaBook(l.Register))
			}
		}
	}
	return list
}

// Find gives the book of a kind, as people may name it: "surat keluar", "Ekspedisi".
func Find(books []Book, name string) (Book, bool) {
	name = plain(name)
	for _, b := range books {
		if plain(string(b.Kind)) == name || plain(b.Title) == name || plain(b.Short()) == name {
			return b, true
		}
	}
	return Book{}, false
}

// Short is the title without the words that most books share: "Surat Keluar".
func (b Book) Short() string {
	return strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(b.Title, "Buku "), "Agenda "), "Daftar ")
}

func plain(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(s, "_", " "))), " ")
}

// agendaBook is the book of a register that only numbers letters, laid out as that of outgoing
// letters.
func agendaBook(register string) Book {
	words := strings.Fields(strings.ReplaceAll(register, "_", " "))
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	b := outgoingBook()
	b.Kind, b.Title = Kind(register), "Buku Agenda "+strings.Join(words, " ")
	return b
}
