// Package liblog makes what the libraries of WhatsApp and Signal say fit for the log, or
// leaves it out.
package liblog

import (
	"sync"

	"go.mau.fi/libsignal/logger"
)

// Signal silences the Signal library, for good. It has one logger for all, which must be
// set before it is first used.
func Signal() {
	once.Do(func() {
		var l logger.Loggable = mute{}
		logger.Setup(&l)
	})
}

var once sync.Once //nolint:gochecknoglobals // guards a global variable of the library

type mute struct{}

func (mute) Debug(string, string)   {}
func (mute) Info(string, string)    {}
func (mute) Warning(string, string) {}
func (mute) Error(string, string)   {}
func (mute) Configure(string)       {}
