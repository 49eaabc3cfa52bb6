package workflowtest

import (
	"context"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// The methods of [store.Store], each by way of the connection.

// Accept implements [store.Store].
func (w *FaultStore) Accept(ctx context.Context, now time.Time, messages ...bot.Inbound) ([]bot.Received, error) {
	return through(w, "Accept", func() ([]bot.Received, error) { return w.store.Accept(ctx, now, messages...) })
}

// Unhandled implements [store.Store].
func (w *FaultStore) Unhandled(ctx context.Context) ([]bot.Received, error) {
	return through(w, "Unhandled", func() ([]bot.Received, error) { return w.store.Unhandled(ctx) })
}

// UnhandledOf implements [store.Store].
func (w *FaultStore) UnhandledOf(ctx context.Context, chat bot.Address, after int64, limit int) ([]bot.Received, error) {
	return through(w, "UnhandledOf", func() ([]bot.Received, error) { return w.store.UnhandledOf(ctx, chat, after, limit) })
}

// Claim implements [store.Store].
func (w *FaultStore) Claim(ctx context.Context, c bot.Claim) ([]bot.Delivery, error) {
	return through(w, "Claim", func() ([]bot.Delivery, error) { return w.store.Claim(ctx, c) })
}

// Settle implements [store.Store].
func (w *FaultStore) Settle(ctx context.Context, now time.Time, settlements ...bot.Settlement) error {
	_, err := through(w, "Settle", func() (struct{}, error) { return struct{}{}, w.store.Settle(ctx, now, settlements...) })
	return err
}

// Case implements [store.Store].
func (w *FaultStore) Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error) {
	return through(w, "Case", func() (workflow.Case, error) { return w.store.Case(ctx, id) })
}

// History implements [store.Store].
func (w *FaultStore) History(ctx context.Context, id workflow.CaseID) ([]workflow.Entry, error) {
	return through(w, "History", func() ([]workflow.Entry, error) { return w.store.History(ctx, id) })
}

// EntryByKey implements [store.Store].
func (w *FaultStore) EntryByKey(ctx context.Context, id workflow.CaseID, key string) (workflow.Entry, error) {
	return through(w, "EntryByKey", func() (workflow.Entry, error) { return w.store.EntryByKey(ctx, id, key) })
}

// CaseIDs implements [store.Store].
func (w *FaultStore) CaseIDs(ctx context.Context, after workflow.CaseID, limit int) ([]workflow.CaseID, error) {
	return through(w, "CaseIDs", func() ([]workflow.CaseID, error) { return w.store.CaseIDs(ctx, after, limit) })
}

// Tasks implements [store.Store].
func (w *FaultStore) Tasks(ctx context.Context, q store.TaskQuery) ([]store.TaskRow, error) {
	return through(w, "Tasks", func() ([]store.TaskRow, error) { return w.store.Tasks(ctx, q) })
}

// ByApplicant implements [store.Store].
func (w *FaultStore) ByApplicant(ctx context.Context, p workflow.PersonID, limit int) ([]store.TaskRow, error) {
	return through(w, "ByApplicant", func() ([]store.TaskRow, error) { return w.store.ByApplicant(ctx, p, limit) })
}

// Find implements [store.Store].
func (w *FaultStore) Find(ctx context.Context, words string, limit int) ([]store.TaskRow, error) {
	return through(w, "Find", func() ([]store.TaskRow, error) { return w.store.Find(ctx, words, limit) })
}

// DueForCheck implements [store.Store].
func (w *FaultStore) DueForCheck(ctx context.Context, now time.Time, limit int) ([]workflow.CaseID, error) {
	return through(w, "DueForCheck", func() ([]workflow.CaseID, error) { return w.store.DueForCheck(ctx, now, limit) })
}

// Overdue implements [store.Store].
func (w *FaultStore) Overdue(ctx context.Context, role workflow.Role, now time.Time, limit int) ([]store.TaskRow, error) {
	return through(w, "Overdue", func() ([]store.TaskRow, error) { return w.store.Overdue(ctx, role, now, limit) })
}

// Person implements [store.Store].
func (w *FaultStore) Person(ctx context.Context, id workflow.PersonID) (store.Person, error) {
	return through(w, "Person", func() (store.Person, error) { return w.store.Person(ctx, id) })
}

// PersonAt implements [store.Store].
func (w *FaultStore) PersonAt(ctx context.Context, address bot.Address) (store.Person, error) {
	return through(w, "PersonAt", func() (store.Person, error) { return w.store.PersonAt(ctx, address) })
}

// Officer implements [store.Store].
func (w *FaultStore) Officer(ctx context.Context, id workflow.OfficerID) (workflow.Officer, error) {
	return through(w, "Officer", func() (workflow.Officer, error) { return w.store.Officer(ctx, id) })
}

// OfficerOf implements [store.Store].
func (w *FaultStore) OfficerOf(ctx context.Context, p workflow.PersonID) (workflow.Officer, error) {
	return through(w, "OfficerOf", func() (workflow.Officer, error) { return w.store.OfficerOf(ctx, p) })
}

// Officers implements [store.Store].
func (w *FaultStore) Officers(ctx context.Context) ([]workflow.Officer, error) {
	return through(w, "Officers", func() ([]workflow.Officer, error) { return w.store.Officers(ctx) })
}

// Invitation implements [store.Store].
func (w *FaultStore) Invitation(ctx context.Context, hash string) (workflow.Invitation, error) {
	return through(w, "Invitation", func() (workflow.Invitation, error) { return w.store.Invitation(ctx, hash) })
}

// Delegations implements [store.Store].
func (w *FaultStore) Delegations(ctx context.Context, now time.Time) ([]workflow.Delegation, error) {
	return through(w, "Delegations", func() ([]workflow.Delegation, error) { return w.store.Delegations(ctx, now) })
}

// Reserve implements [store.Store].
func (w *FaultStore) Reserve(ctx context.Context, r store.Reservation, now time.Time) (workflow.Number, error) {
	return through(w, "Reserve", func() (workflow.Number, error) { return w.store.Reserve(ctx, r, now) })
}

// Numbers implements [store.Store].
func (w *FaultStore) Numbers(ctx context.Context, register string, year int) ([]store.NumberRow, error) {
	return through(w, "Numbers", func() ([]store.NumberRow, error) { return w.store.Numbers(ctx, register, year) })
}

// NumbersTaken implements [store.Store].
func (w *FaultStore) NumbersTaken(ctx context.Context, q store.NumberQuery) ([]store.NumberRow, error) {
	return through(w, "NumbersTaken", func() ([]store.NumberRow, error) { return w.store.NumbersTaken(ctx, q) })
}

// NumberPrinted implements [store.Store].
func (w *FaultStore) NumberPrinted(ctx context.Context, text string) (store.NumberRow, error) {
	return through(w, "NumberPrinted", func() (store.NumberRow, error) { return w.store.NumberPrinted(ctx, text) })
}

// SOPRefs implements [store.Store].
func (w *FaultStore) SOPRefs(ctx context.Context) ([]workflow.SOPRef, error) {
	return through(w, "SOPRefs", func() ([]workflow.SOPRef, error) { return w.store.SOPRefs(ctx) })
}

// SaveSOP implements [store.Store].
func (w *FaultStore) SaveSOP(ctx context.Context, ref workflow.SOPRef, source []byte) error {
	_, err := through(w, "SaveSOP", func() (struct{}, error) { return struct{}{}, w.store.SaveSOP(ctx, ref, source) })
	return err
}

// SOPSource implements [store.Store].
func (w *FaultStore) SOPSource(ctx context.Context, ref workflow.SOPRef) ([]byte, error) {
	return through(w, "SOPSource", func() ([]byte, error) { return w.store.SOPSource(ctx, ref) })
}

// Calls implements [store.Store].
func (w *FaultStore) Calls(ctx context.Context) ([]store.Call, error) {
	return through(w, "Calls", func() ([]store.Call, error) { return w.store.Calls(ctx) })
}

// Claimed implements [store.Store].
func (w *FaultStore) Claimed(ctx context.Context, prefix string) ([]string, error) {
	return through(w, "Claimed", func() ([]string, error) { return w.store.Claimed(ctx, prefix) })
}

// LastClaimed implements [store.Store].
func (w *FaultStore) LastClaimed(ctx context.Context, prefix string) (string, error) {
	return through(w, "LastClaimed", func() (string, error) { return w.store.LastClaimed(ctx, prefix) })
}

// Held implements [store.Store].
func (w *FaultStore) Held(ctx context.Context, role workflow.Role, holder workflow.OfficerID, limit int) ([]store.TaskRow, error) {
	return through(w, "Held", func() ([]store.TaskRow, error) { return w.store.Held(ctx, role, holder, limit) })
}

// TaskCounts implements [store.Store].
func (w *FaultStore) TaskCounts(ctx context.Context, now time.Time) ([]store.TaskCount, error) {
	return through(w, "TaskCounts", func() ([]store.TaskCount, error) { return w.store.TaskCounts(ctx, now) })
}

// Milestones implements [store.Store].
func (w *FaultStore) Milestones(ctx context.Context, from, to time.Time, limit int) ([]store.Milestone, error) {
	return through(w, "Milestones", func() ([]store.Milestone, error) { return w.store.Milestones(ctx, from, to, limit) })
}

// StepTimes implements [store.Store].
func (w *FaultStore) StepTimes(ctx context.Context, sop string, step, limit int) ([]time.Duration, error) {
	return through(w, "StepTimes", func() ([]time.Duration, error) { return w.store.StepTimes(ctx, sop, step, limit) })
}

// Lease implements [store.Store].
func (w *FaultStore) Lease(ctx context.Context) (store.Lease, error) {
	return through(w, "Lease", func() (store.Lease, error) { return w.store.Lease(ctx) })
}

// TakeLease implements [store.Store].
func (w *FaultStore) TakeLease(ctx context.Context, seen store.Lease, holder string) (store.Lease, error) {
	return through(w, "TakeLease", func() (store.Lease, error) { return w.store.TakeLease(ctx, seen, holder) })
}

// Commit implements [store.Store].
func (w *FaultStore) Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error) {
	return through(w, "Commit", func() ([]bot.Delivery, error) { return w.store.Commit(ctx, now, t) })
}

// Conversation implements [store.Store].
func (w *FaultStore) Conversation(ctx context.Context, chat bot.Address) (bot.Conversation, error) {
	return through(w, "Conversation", func() (bot.Conversation, error) { return w.store.Conversation(ctx, chat) })
}

// Purge implements [store.Store].
func (w *FaultStore) Purge(ctx context.Context, before time.Time) (int, error) {
	return through(w, "Purge", func() (int, error) { return w.store.Purge(ctx, before) })
}
