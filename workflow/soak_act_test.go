package workflow_test

import (
	"fmt"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// do carries out a plan: in the office, through the desk, and in the model.
func (s *soak) do(i int, p soakPlan) {
	if p.what == "open" {
		s.submit(i)
		return
	}
	k := p.c.clock(workflow.ClockStep)
	if k == nil || k.start != p.mark {
		return // the step is over
	}
	switch p.what {
	case "claim":
		if p.c.holder == "" && !k.paused && !s.absent(string(officer(p.c.role, 1).Officer), p.c.role) {
			s.carry(p.c, officer(p.c.role, 1), workflow.Claim{})
			p.c.holder = string(officer(p.c.role, 1).Officer)
		}
	case "promise":
		s.promise(i, p.c, k)
	case "ask":
		s.ask(i, p.c)
	case "reply":
		s.reply(i, p.c)
	case "act":
		s.finish(i, p.c)
	}
}

func (s *soak) later(at int, what string, c *soakCase) {
	k := c.clock(workflow.ClockStep)
	s.plans[at] = append(s.plans[at], soakPlan{what: what, c: c, mark: k.start})
}

func (s *soak) submit(i int) {
	s.opened++
	person := workflow.PersonID(fmt.Sprint("A-", s.opened))
	who := applicant()
	who.Person = person
	submit := application(s.def, s.now)
	work := s.desk.Begin(fmt.Sprint("open-", s.opened), s.now)
	r, err := work.Open(s.t.Context(), s.def, fmt.Sprint("draft-", s.opened), workflow.Command{Actor: who}, submit)
	if err != nil || r.Refused != nil {
		s.t.Fatal(err, r.Refused)
	}
	unit := work.Unit()
	unit.Persons = []store.Person{{ID: person, Lang: workflow.Indonesian, Addresses: []bot.Address{bot.Address("test:" + string(person))}}}
	s.commit(unit)
	c := &soakCase{id: r.Case.ID, person: string(person), def: s.def}
	s.cases = append(s.cases, c)
	s.enter(i, c, r.Case)
}

// enter starts the model's clock of the step to which the case has come, and draws
// how it will go there.
func (s *soak) enter(i int, c *soakCase, now workflow.Case) {
	if old := c.clock(workflow.ClockStep); old != nil {
		old.stopped = true
	}
	c.step, _ = s.def.Step(now.Step)
	c.role, c.holder, c.promised = c.step.Role, "", [2]int{}
	if now.Holder != nil {
		c.holder = string(now.Holder.By.Officer)
	}
	switch {
	case !now.Open():
		c.clocks = nil
		return
	case c.step.Kind == workflow.KindReceive:
		c.clocks = nil // the applicant has it; the office's clocks have stopped
		return
	}
	c.forget()
	c.clocks = append(c.clocks, s.days.clock(workflow.ClockStep, c.step.Time, i, soakStepRungs()...))
	if before, _ := s.def.Step(now.Trail[len(now.Trail)-1].Step); before.StartsService {
		c.clocks = append(c.clocks, s.days.clock(workflow.ClockService, s.def.ServiceTime, i, soakServiceRungs()...))
	}
	takes := s.takes(c)
	if s.rnd.IntN(2) == 0 {
		s.later(s.days.next(i+1+s.rnd.IntN(60)), "claim", c)
	}
	if s.rnd.IntN(12) == 0 {
		s.later(s.days.minutes(i, 1+s.rnd.IntN(takes)), "promise", c)
	}
	if c.step.Kind == workflow.KindCheck && s.rnd.IntN(4) == 0 {
		s.later(s.days.minutes(i, 1+s.rnd.IntN(takes)), "ask", c)
	}
	s.later(s.days.next(s.days.minutes(i, takes)), "act", c)
}

// takes draws how many working minutes the present step takes.
func (s *soak) takes(c *soakCase) int {
	budget := c.step.Time.N
	switch c.step.Time.Unit {
	case workflow.Day:
		budget *= 450
	case workflow.Hour:
		budget *= 60
	case workflow.Minute:
	}
	switch n := s.rnd.IntN(20); {
	case n < 11:
		return 1 + budget*s.rnd.IntN(70)/100
	case n < 15:
		return 1 + budget*(70+s.rnd.IntN(30))/100
	case n < 18:
		return budget + 1 + s.rnd.IntN(300)
	}
	return budget + s.rnd.IntN(4*450)
}

// carry does acts in one unit of work and gives the case after them.
func (s *soak) carry(c *soakCase, who workflow.Actor, acts ...workflow.Act) workflow.Case {
	s.t.Helper()
	s.turns++
	work := s.desk.Begin(fmt.Sprint("unit-", s.turns), s.now)
	var result casework.Result
	for _, act := range acts {
		result = s.carryOne(work, c, who, act)
	}
	s.commit(work.Unit())
	return result.Case
}

func (s *soak) carryOne(work *casework.Work, c *soakCase, who workflow.Actor, act workflow.Act) casework.Result {
	s.t.Helper()
	if who.Role == workflow.RoleApplicant {
		who.Person = workflow.PersonID(c.person)
	}
	r, err := work.Do(s.t.Context(), c.id, workflow.Command{Actor: who, Act: act, Proof: workflow.ProofTOTP})
	if err != nil || r.Refused != nil {
		s.t.Fatalf("%v %s step %d: %s: %v %v", s.now, c.id, c.step.No, workflow.ActName(act), err, r.Refused)
	}
	return r
}

func (s *soak) promise(i int, c *soakCase, k *soakClock) {
	who := officer(c.role, 1)
	if k.paused || c.holder != "" && c.holder != string(who.Officer) || !s.days.open[i] || s.absent(string(who.Officer), c.role) {
		return
	}
	end := i
	for !s.days.closes(end) || end == i {
		end++
	}
	s.carry(c, who, workflow.Promise{Until: s.days.at(end)})
	c.holder, c.promised = string(who.Officer), [2]int{i, end}
}

// ask sends the file back; the applicant answers within three weeks, or never.
func (s *soak) ask(i int, c *soakCase) {
	work := s.desk.Begin(fmt.Sprint("ask-", s.turns, c.id), s.now)
	_, now, err := work.Case(s.t.Context(), c.id)
	if err != nil {
		s.t.Fatal(err)
	}
	if c.clock(workflow.ClockReply) != nil {
		return
	}
	who := officer(c.role, 1)
	if now.Holder != nil {
		who = now.Holder.By
	}
	all := make([]workflow.DocCode, len(now.Documents))
	for j, d := range now.Documents {
		all[j] = d.Code
	}
	s.carry(c, who, workflow.Judge{Documents: all[1:], OK: true}, workflow.Judge{Documents: all[:1], Reason: "Tidak terbaca"}, workflow.Clarify{})
	c.holder, c.promised = "", [2]int{}
	for _, k := range c.clocks {
		k.paused = true
	}
	c.clocks = append(c.clocks, s.days.clock(workflow.ClockReply, s.def.ReplyTime, i, soakReplyRungs()...))
	if s.rnd.IntN(5) > 0 {
		s.later(s.days.next(s.days.days(i, s.rnd.IntN(15))+s.rnd.IntN(300)), "reply", c)
	}
}

func (s *soak) reply(i int, c *soakCase) {
	reply := c.clock(workflow.ClockReply)
	if reply == nil {
		return
	}
	_, now, err := s.desk.Begin("look", s.now).Case(s.t.Context(), c.id)
	if err != nil {
		s.t.Fatal(err)
	}
	if !now.Open() {
		return
	}
	s.carry(c, applicant(), workflow.Resubmit{Documents: documents(s.def, now.Round+1, now.Asked(s.def)...)})
	reply.stopped = true
	c.forget()
	for _, k := range c.clocks {
		k.paused, k.since = false, i
	}
	s.later(s.days.next(s.days.minutes(i, s.takes(c))), "act", c)
}

// finish does what the step asks for, one act after the other, until the case
// stands elsewhere.
func (s *soak) finish(i int, c *soakCase) {
	if c.clock(workflow.ClockStep).paused {
		return
	}
	s.turns++
	work := s.desk.Begin(fmt.Sprint("unit-", s.turns), s.now)
	_, now, err := work.Case(s.t.Context(), c.id)
	if err != nil {
		s.t.Fatal(err)
	}
	story := granting()
	if s.rnd.IntN(6) == 0 {
		story = refusing()
	}
	w := &walk{t: s.t, def: s.def, cal: officeCalendar(), now: s.now}
	for n := len(now.Trail); now.Open() && len(now.Trail) == n; {
		w.c = now
		who, act := story.next(w)
		now = s.carryOne(work, c, who, act).Case
	}
	s.commit(work.Unit())
	s.enter(i, c, now)
}
