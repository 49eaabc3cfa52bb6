package sqlitestore

import (
	"cmp"
	"slices"

	"izinbot/bot"
	"izinbot/workflow/internal/kept"
)

// waiting is an undelivered row, as much of it as decides whether it may go.
type waiting struct {
	chat      bot.Address
	seq       int64
	owner     string
	lease     int64 // end of the lease; 0: none
	notBefore int64 // 0: at once
}

// claimable picks what may be claimed of all that wait, sorted by chat and
// sequence: whole chats in order, that of the oldest row first, until the limit is
// reached. A chat in which a lease lives is being served and is left alone. What
// is not due holds back all that follows it in its chat.
func claimable(rows []waiting, c bot.Claim) [][]waiting {
	var chats [][]waiting
	for len(rows) > 0 {
		end := slices.IndexFunc(rows, func(r waiting) bool { return r.chat != rows[0].chat })
		if end < 0 {
			end = len(rows)
		}
		if chat := due(rows[:end], c); len(chat) > 0 {
			chats = append(chats, chat)
		}
		rows = rows[end:]
	}
	slices.SortFunc(chats, func(a, b []waiting) int { return cmp.Compare(a[0].seq, b[0].seq) })
	total := 0
	for i, chat := range chats {
		if total >= c.Limit {
			return chats[:i]
		}
		total += len(chat)
	}
	return chats
}

// due gives the rows of one chat that may be claimed, in order.
func due(chat []waiting, c bot.Claim) []waiting {
	now := kept.Nanos(c.Now)
	held := func(r waiting) bool { return r.lease > now && c.Live(r.owner, r.chat, r.seq, kept.Instant(r.lease)) }
	if slices.ContainsFunc(chat, held) {
		return nil
	}
	if i := slices.IndexFunc(chat, func(r waiting) bool { return r.notBefore > now }); i >= 0 {
		return chat[:i]
	}
	return chat
}
