package cli

import (
	"context"
	"fmt"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// doubt asks about an officer who is to be added as he hardly can be meant: with the
// NIP of somebody else, or without one where letters print it.
func doubt(ctx context.Context, s store.Store, def *workflow.SOP, officer workflow.Officer) error {
	all, err := s.Officers(ctx)
	if err != nil {
		return err
	}
	if other, same := officer.SameNIP(all); same {
		return fmt.Errorf("--nip: NIP ini sudah dipakai %s (%s). Periksa lagi NIP %s; bila ia orang yang sama, "+
			"pakai officer invite %s. Bila memang benar, ulangi dengan --yes", other.Name, other.ID, officer.Name, other.ID)
	}
	if role, lacks := officer.LacksNIP(def); lacks {
		rd, _ := def.RoleDef(role)
		return fmt.Errorf("--nip: NIP %s belum diisi, padahal %s membubuhkan paraf atau tanda tangan dan surat mencetak NIP-nya. "+
			"Ulangi dengan --nip; bila ia memang tidak punya NIP, dengan --yes", officer.Name, rd.Name.ID)
	}
	return nil
}
