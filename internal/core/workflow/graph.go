package workflow

// graph checks that every step can be reached and can reach an end.
func (b *builder) graph() {
	if b.v.start == nil {
		return
	}
	b.forks()
	reached := b.reached()
	ending := b.ending()
	for i, n := range b.v.nodes {
		if !reached[n] {
			b.add(b.paths[i], "No path leads from the start to %s. Draw a transition to it, or remove it.", n.Label)
		} else if !ending[n] {
			b.add(b.paths[i], "No path leads from %s to an end step. The request would never end.", n.Label)
		}
	}
}

// reached follows the arrows from the start. The built-in Reject is a way to the
// rejected end, too.
func (b *builder) reached() map[*Node]bool {
	seen := map[*Node]bool{b.v.start: true}
	for queue := []*Node{b.v.start}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		targets := make([]*Node, 0, len(n.Transitions)+1)
		for _, a := range n.Transitions {
			targets = append(targets, a.Target)
		}
		if n.CanReject() {
			targets = append(targets, b.v.RejectedEnd())
		}
		for _, t := range targets {
			if t != nil && !seen[t] {
				seen[t] = true
				queue = append(queue, t)
			}
		}
	}
	return seen
}

// ending follows the arrows backwards from the end steps.
func (b *builder) ending() map[*Node]bool {
	from := map[*Node][]*Node{}
	var queue []*Node
	seen := map[*Node]bool{}
	for _, n := range b.v.nodes {
		for _, a := range n.Transitions {
			from[a.Target] = append(from[a.Target], n)
		}
		if n.Type == End {
			seen[n] = true
			queue = append(queue, n)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, n := range from[queue[0]] {
			if !seen[n] {
				seen[n] = true
				queue = append(queue, n)
			}
		}
	}
	return seen
}
