package simulator_test

import (
	"context"
	"fmt"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/simulator"
)

// A person types, the bot answers, and the phone shows both.
func ExampleNetwork() {
	ctx := context.Background()
	network, err := simulator.Open("", simulator.Config{
		Phones: []simulator.Phone{{ID: "ayu", Name: "Ayu CONTOH"}},
		Clock:  func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) },
		Files:  &bottest.Files{},
		Accept: func(_ context.Context, in ...bot.Inbound) error {
			fmt.Println("stored:", in[0].ID, in[0].Chat, in[0].Text)
			return nil
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = network.Close() }()
	if _, err := network.Say(ctx, "ayu", simulator.Say{Text: "mulai"}); err != nil {
		fmt.Println(err)
	}
	if err := network.Send(ctx, "out-1", "sim:ayu", bot.Message{Text: "Selamat datang."}); err != nil {
		fmt.Println(err)
	}
	phone, err := network.Phone("ayu")
	for _, m := range phone.Messages {
		fmt.Println(m.Text)
	}
	fmt.Println(err)
	// Output:
	// stored: sim:1 sim:ayu mulai
	// mulai
	// Selamat datang.
	// <nil>
}
