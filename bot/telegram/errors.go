package telegram

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"izinbot/bot"
)

// apiError is a failed call as it may be logged: without the URL, which holds the
// token or the path of a person's file, and without what was said.
type apiError struct {
	method string
	code   int           // as the Bot API gives it, an HTTP status; 0: it gave no readable answer
	status int           // of an answer that is not readable; else 0
	after  time.Duration // wait so long (code 429)
	text   string
}

// lasting tells whether the same call would be refused again, as one is that the
// server does not know.
func (e *apiError) lasting() bool {
	switch code := cmp.Or(e.code, e.status); code {
	case http.StatusUnauthorized, http.StatusRequestTimeout, http.StatusConflict, http.StatusTooManyRequests:
		return false
	case http.StatusNotImplemented:
		return true
	default:
		return code >= 400 && code < 500
	}
}

func (e *apiError) Error() string {
	if e.code != 0 {
		return fmt.Sprintf("telegram: %s: %d %s", e.method, e.code, e.text)
	}
	return fmt.Sprintf("telegram: %s: %s", e.method, e.text)
}

// explain makes an error of HTTP one that may be logged.
func (c *Channel) explain(method string, err error) error {
	if err == nil {
		return nil
	}
	if known, ok := errors.AsType[*apiError](err); ok {
		return known
	}
	out := &apiError{method: method, text: "no readable answer"}
	if transport, ok := errors.AsType[*brokenError](err); ok {
		out.text = transport.Error()
	}
	// None of these should hold the token; but if one does, it stays here.
	_, secret, _ := strings.Cut(c.cfg.Token, ":")
	out.text = strings.ReplaceAll(out.text, secret, "***")
	return out
}

// Reasons of deliveries that failed.
const (
	// ReasonBlocked says that the person has blocked the bot.
	ReasonBlocked = "blocked"
	// ReasonDeactivated says that the account is gone.
	ReasonDeactivated = "deactivated"
	// ReasonChatNotFound says that there is no such chat.
	ReasonChatNotFound = "chat_not_found"

	reasonBadAddress = "bad_address"
	reasonTooMany    = "too_many_requests"
	reasonRefused    = "refused" // the message itself is not acceptable
	reasonNoBot      = "token_refused"
	reasonUnknown    = "result_unknown"
)

// noBotWait is the time that deliveries wait while Telegram does not know the token.
const noBotWait = time.Minute

// verdict says what a failed call to send means for the delivery; nil for nothing
// but "try again".
func verdict(err error) *bot.SendError {
	e, ok := errors.AsType[*apiError](err)
	if !ok {
		return nil
	}
	switch {
	case e.code == 429:
		return &bot.SendError{Reason: reasonTooMany, After: max(e.after, time.Second)}
	case e.code == 403 && strings.Contains(e.text, "deactivated"):
		return &bot.SendError{Reason: ReasonDeactivated, Dead: true}
	case e.code == 403:
		return &bot.SendError{Reason: ReasonBlocked, Dead: true}
	case e.code == 400 && isNoChat(e.text):
		return &bot.SendError{Reason: ReasonChatNotFound, Dead: true}
	case e.code == 400:
		return &bot.SendError{Reason: reasonRefused, Dead: true}
	case e.code == 401 || e.code == 404:
		return &bot.SendError{Reason: reasonNoBot, After: noBotWait}
	}
	return nil
}

func isNoChat(text string) bool {
	text = strings.ToLower(text)
	for _, sign := range []string{"chat not found", "user not found", "peer_id_invalid", "upgraded to a supergroup"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}
