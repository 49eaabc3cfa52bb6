package sqlitestore

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"izinbot/bot"
	"izinbot/workflow/internal/kept"
)

func drawWaiting(t *rapid.T) []waiting {
	chats := rapid.SliceOfNDistinct(rapid.StringMatching(`sim:[a-f]`), 0, 6, rapid.ID[string]).Draw(t, "chats")
	slices.Sort(chats)
	seqs := rapid.SliceOfNDistinct(rapid.Int64Range(1, 100), 4*len(chats), 4*len(chats), rapid.ID[int64]).Draw(t, "seqs")
	var rows []waiting
	for i, chat := range chats {
		own := seqs[4*i : 4*i+rapid.IntRange(1, 4).Draw(t, "rows")]
		slices.Sort(own)
		for _, seq := range own {
			rows = append(rows, waiting{
				chat: bot.Address(chat), seq: seq,
				lease:     rapid.SampledFrom([]int64{0, 0, 0, 9, 10, 11}).Draw(t, "lease"),
				notBefore: rapid.SampledFrom([]int64{0, 0, 0, 9, 10, 11}).Draw(t, "not before"),
			})
		}
	}
	return rows
}

// TestClaimableKeepsEveryOrder checks the rules one by one against what was
// picked.
func TestClaimableKeepsEveryOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const now = 10
		rows := drawWaiting(t)
		limit := rapid.IntRange(1, 12).Draw(t, "limit")
		picked := claimable(slices.Clone(rows), bot.Claim{Now: kept.Instant(now), Limit: limit})
		total := 0
		for i, chat := range picked {
			if total >= limit {
				t.Fatal("went on after the limit")
			}
			total += len(chat)
			if i > 0 && picked[i-1][0].seq > chat[0].seq {
				t.Fatal("not the oldest chat first")
			}
			all := slices.DeleteFunc(slices.Clone(rows), func(r waiting) bool { return r.chat != chat[0].chat })
			if !slices.Equal(chat, all[:len(chat)]) {
				t.Fatal("a row was left out or overtaken")
			}
			if slices.ContainsFunc(all, func(r waiting) bool { return r.lease > now }) {
				t.Fatal("the chat is somebody else's")
			}
			if slices.ContainsFunc(chat, func(r waiting) bool { return r.notBefore > now }) {
				t.Fatal("too early")
			}
			if len(chat) < len(all) && all[len(chat)].notBefore <= now {
				t.Fatal("not the whole chat")
			}
		}
		if total < limit && len(picked) < servable(rows, now) {
			t.Fatal("a chat was forgotten")
		}
	})
}

// servable counts the chats whose head may leave and that nobody serves.
func servable(rows []waiting, now int64) int {
	heads, served := map[bot.Address]waiting{}, map[bot.Address]bool{}
	for _, r := range rows {
		if h, ok := heads[r.chat]; !ok || r.seq < h.seq {
			heads[r.chat] = r
		}
		served[r.chat] = served[r.chat] || r.lease > now
	}
	n := 0
	for chat, h := range heads {
		if !served[chat] && h.notBefore <= now {
			n++
		}
	}
	return n
}
