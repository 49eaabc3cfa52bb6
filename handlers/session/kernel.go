package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"izinbot/bot"
	"izinbot/workflow/store"
)

// The functions of this file are for the runner of sessions alone, the package handlers.

// Run does what the session's message asks for, in the chat as it is remembered.
func Run(ctx context.Context, s *Session, conv bot.Conversation) error {
	forgotten, err := s.load(ctx, conv)
	if err != nil {
		return err
	}
	if forgotten {
		if err := s.lostTalk(ctx); err != nil {
			return err
		}
	}
	if s.beside() {
		return s.answerBeside(ctx)
	}
	if s.silenced() {
		s.count()
		s.State.Missed++
		return nil
	}
	if !s.spend() {
		return nil
	}
	s.comeBack()
	if err := s.answer(ctx); err != nil && !errors.Is(err, ErrAnswered) {
		return err
	}
	return nil
}

// GiveUp tells the person why the session's message cannot be handled.
func GiveUp(ctx context.Context, s *Session, conv bot.Conversation, cause error) error {
	if err := s.loadForFailure(ctx, conv); err != nil {
		return err
	}
	s.In.Settled = true
	if err := s.gather(ctx, s.State.Open.Dialogue(), &Input{}); err != nil { // its parts are given up with it
		return err
	}
	return s.giveUp(ctx, cause)
}

// TakesFiles tells whether the files of the session's message are wanted: the open question
// takes them, and the chat's quota of the day is not used up. It fails with [*bot.EarlyError]
// while more may come that belong to them.
func TakesFiles(ctx context.Context, s *Session, conv bot.Conversation) (bool, error) {
	if s.remember(conv.State) {
		return false, nil
	}
	if s.beside() {
		return s.improves(ctx)
	}
	if s.silenced() {
		return false, nil
	}
	open := s.State.Open.Dialogue()
	if open == nil {
		open = s.sequel().Dialogue()
	}
	taker, ok := open.(FileTaker)
	if !ok && s.In.Text == "" {
		return false, nil
	}
	if err := s.loadPerson(ctx); err != nil {
		return false, err
	}
	if err := s.loadOfficer(ctx); err != nil {
		return false, err
	}
	in, _ := s.read()
	cmd, _, _ := s.captioned(ctx, in, open)
	takes := cmd.Files || ok && taker.TakesFiles(ctx, s)
	if !takes || s.Env.overFiles(s.State.Usage.on(s.Now), sizeOf(s.In.Files), s.factor()) {
		return false, nil
	}
	return true, s.awaitFiles()
}

// Unit gives all that the session writes. conv is the chat that it was about; nil for none.
func Unit(s *Session, conv *bot.Conversation) (store.UnitOfWork, error) {
	answers := s.deliveries()
	unit := s.Work.Unit()
	unit.Persons, unit.Officers = s.Write.persons, s.Write.officers
	unit.Invitations, unit.Delegations = s.Write.Invitations, s.Write.Delegations
	unit.Claims, unit.Calls = s.Write.Claims, s.Write.Calls
	// Answers leave before what the case tells others.
	unit.Deliveries = append(answers, unit.Deliveries...)
	unit.Term = s.Term
	if conv == nil {
		return unit, nil
	}
	state, err := json.Marshal(s.State)
	if err != nil {
		return unit, fmt.Errorf("encode conversation: %w", err)
	}
	handled := *conv
	handled.State, handled.Handled = state, s.In.Seq
	unit.Conversation = &handled
	return unit, nil
}
