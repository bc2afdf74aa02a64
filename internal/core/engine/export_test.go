package engine

import "github.com/handstamp/handstamp/internal/core/workflow"

// Live are the visits whose decisions brought the run to where it is.
func (s *State) Live(v *workflow.Version) map[int]bool { return s.live(v) }
