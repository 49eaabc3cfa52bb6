package outbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"izinbot/bot"
)

// localTries is after how many failures to read an attachment for a reason that may
// pass it is given up like one that is lost; with the default backoff about ten
// minutes. A disk that does not answer must not silence a chat for a day.
const localTries = 10

// unreadSuffix makes the id under which a delivery is sent whose content had to be
// replaced: it has other parts than what a channel may have sent in part before.
const unreadSuffix = "/unread"

// sendReadable sends a delivery with what of it can be read.
func (o *Outbox) sendReadable(ctx context.Context, channel bot.Channel, d bot.Delivery) error {
	if channel == nil {
		return bot.ErrNoChannel
	}
	lost, err := o.unreadable(ctx, d)
	if err != nil {
		return err
	}
	if len(lost) > 0 || d.Unreadable {
		d = o.without(ctx, d, lost)
	}
	return o.sendWithin(ctx, channel, d)
}

// unreadable lists the attachments that cannot be read, at this try or at any later one.
// An error means that a later try may read them.
func (o *Outbox) unreadable(ctx context.Context, d bot.Delivery) (lost []bot.Attachment, err error) {
	if o.cfg.Files == nil || len(d.Message.Files) == 0 {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, o.cfg.Timeout)
	defer cancel()
	defer o.guard(ctx, d, &err)
	for _, a := range d.Message.Files {
		err := o.readThrough(ctx, a)
		switch {
		case err == nil:
		case bot.Lasting(err), ctx.Err() == nil && o.unreadFor(d.Seq) >= localTries:
			lost = append(lost, a)
		default:
			return nil, err
		}
	}
	return lost, nil
}

// unreadFor counts a failure to read an attachment of a delivery, and gives how many there
// were. Failures of the network do not count, nor those of an earlier process.
func (o *Outbox) unreadFor(seq int64) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.unread == nil {
		o.unread = map[int64]int{}
	}
	o.unread[seq]++
	return o.unread[seq]
}

// readThrough reads an attachment to its end, where damage shows.
func (o *Outbox) readThrough(ctx context.Context, a bot.Attachment) error {
	content, err := o.cfg.Files.Open(ctx, a.Key)
	if err != nil {
		return fmt.Errorf("open attachment: %w", err)
	}
	n, err := io.Copy(io.Discard, content)
	if err = errors.Join(err, content.Close()); err != nil {
		return fmt.Errorf("read attachment: %w", err)
	}
	if n != a.Size {
		return fmt.Errorf("read attachment: %w: %d bytes instead of %d", bot.ErrUnreadable, n, a.Size)
	}
	return nil
}

// without gives a delivery in which words stand for its unreadable files.
func (o *Outbox) without(ctx context.Context, d bot.Delivery, lost []bot.Attachment) bot.Delivery {
	line := o.excuse(ctx, d, lost)
	d.Message.Files = slices.DeleteFunc(slices.Clone(d.Message.Files), func(a bot.Attachment) bool { return slices.Contains(lost, a) })
	if d.Message.Text != "" {
		line = d.Message.Text + "\n\n" + line
	}
	d.ID, d.Message.Text = d.ID+unreadSuffix, line
	return d
}

func (o *Outbox) excuse(ctx context.Context, d bot.Delivery, lost []bot.Attachment) string {
	var err error // a panic here shows in the log; the delivery goes on
	defer o.guard(ctx, d, &err)
	return o.cfg.Lost(ctx, d, lost)
}
