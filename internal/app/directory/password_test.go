package directory_test

import (
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure what is guessed first is refused and everything else allowed.
func TestPasswordRules(t *testing.T) {
	t.Parallel()
	about := []string{"Asha Mehta", "asha.mehta@acme.example", "acme", "Acme Travel"}
	for _, bad := range []string{
		"", "short7!", strings.Repeat("x9", 65), "password", "PASSWORD1", "iloveyou", "12345678", "qwertyuiop",
		"aaaaaaaaaa", "ashamehta", "Asha1234"[:7] + "x", "acme-acme-12", "AcmeTravel1", "asha.mehta@acme", "mehta123", "bad\xffutf8xx",
	} {
		wantFault(t, bad, directory.CheckPassword(bad, about...), fault.Invalid, "password")
	}
	for _, good := range []string{
		"correct horse 7", "pässwörter", "密码密码密码密码", "  spaces count  ", "asha likes tea", strings.Repeat("x9", 64),
	} {
		if err := directory.CheckPassword(good, about...); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}

// Ensure no part of a long password is ignored.
func TestPasswordIsNotTruncated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := strings.Repeat("correct horse ", 9) + "x"
	w.user("Asha Mehta", func(p *directory.Profile) { p.Password = directory.To(long) })
	if _, err := w.login("asha.mehta@acme.example", long); err != nil {
		t.Error(err)
	}
	_, err := w.login("asha.mehta@acme.example", long[:len(long)-1]+"y")
	wantFault(t, "another last character", err, fault.Unauthenticated, "")
}
