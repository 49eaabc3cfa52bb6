// Package telegramtest tests the product on Telegram: against a Bot API server of
// its own, with polling and with a webhook, through crashes, faults and limits.
package telegramtest
