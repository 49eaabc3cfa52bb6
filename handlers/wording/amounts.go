package wording

import (
	"fmt"
	"strconv"
	"strings"

	"izinbot/handlers/session"
	"izinbot/workflow"
)

// BudgetWords writes an amount of working time for an applicant: "10 hari kerja".
func BudgetWords(s *session.Session, b workflow.Budget) string {
	return s.Text("budget."+string(b.Unit), "n", b.N)
}

// Rupiah writes an amount as people do: "Rp 1.250.000".
func Rupiah(amount int64) string {
	digits := strconv.FormatInt(amount, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return "Rp " + digits
}

// Metres writes a distance as people say it: "120 m", "3,4 km".
func Metres(m float64) string {
	if m < 1000 {
		return fmt.Sprintf("%.0f m", m)
	}
	return strings.Replace(fmt.Sprintf("%.1f km", m/1000), ".", ",", 1)
}
