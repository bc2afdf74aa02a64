package localpg

import "testing"

// Ensure the server ends by itself after its owner was killed, with nobody starting another: Linux tells a process of
// its parent's death. Elsewhere the next start ends the old server, which TestKilledOwner covers.
func TestKilledOwnerLeavesNothingRunning(t *testing.T) {
	owner, pid := ownerProcess(t, dataFolder(t))
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the server to end", func() bool { return !alive(pid) })
}
