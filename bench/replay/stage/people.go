package stage

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/handstamp/handstamp/client"
	"github.com/handstamp/handstamp/internal/core/access"
)

// Person is somebody who acts in the replay.
type Person struct {
	ID    string
	Name  string
	Roles []string
	API   *client.Client
	// Known is what the log calls him; empty for somebody who was made up.
	Known string

	manager    string // role
	department string // key
	revision   int
}

// Has reports whether the person acts in a role.
func (p *Person) Has(role string) bool { return slices.Contains(p.Roles, role) }

// People are all who act, to be found by role, by what the log calls them and by id.
type People struct {
	byRole map[string][]*Person
	byName map[string]*Person
	byID   map[string]*Person
}

// ByID finds a person by id, nil when he is not of the replay.
func (p *People) ByID(id string) *Person { return p.byID[id] }

// ByName finds a person by what the log calls him.
func (p *People) ByName(name string) *Person { return p.byName[name] }

// Count is how many there are.
func (p *People) Count() int { return len(p.byID) }

// Pick chooses somebody of a role whom nothing bars; turn makes the choice go
// round. It returns nil when there is nobody.
func (p *People) Pick(role string, turn int, barred func(*Person) bool) *Person {
	all := p.byRole[role]
	for i := range all {
		x := all[(turn+i)%len(all)]
		if barred == nil || !barred(x) {
			return x
		}
	}
	return nil
}

// Wanted are the roles and people that a replay needs.
type Wanted struct {
	Roles []Role
	// Named are people whom the log names, with the roles they act in.
	Named map[string][]string
}

// Role is a role and how many people are made up for it.
type Role struct {
	Key    string
	Count  int
	Also   []string // further roles of each of them
	Rights []string // beside starting requests
	// Manager is the role of those to whom they report, Department the key of theirs.
	Manager, Department string
}

// Hire makes roles and people through the API and signs everybody in.
func (s *Stage) Hire(ctx context.Context, w Wanted) (*People, error) {
	if err := s.roles(ctx, w.Roles); err != nil {
		return nil, err
	}
	var all []*Person
	for _, r := range w.Roles {
		for i := range r.Count {
			all = append(all, &Person{
				Name: fmt.Sprintf("%s %d", readable(r.Key), i+1), Roles: append([]string{r.Key}, r.Also...), manager: r.Manager, department: r.Department,
			})
		}
	}
	for _, name := range sorted(w.Named) {
		all = append(all, &Person{Name: name, Known: name, Roles: w.Named[name]})
	}
	if err := s.departments(ctx, w.Roles); err != nil {
		return nil, err
	}
	if err := s.accounts(ctx, all); err != nil {
		return nil, err
	}
	p := &People{map[string][]*Person{}, map[string]*Person{}, map[string]*Person{}}
	for _, x := range all {
		p.byID[x.ID] = x
		if x.Known != "" {
			p.byName[x.Known] = x
		}
		for _, r := range x.Roles {
			p.byRole[r] = append(p.byRole[r], x)
		}
	}
	return p, s.report(ctx, p, all)
}

// Dismiss disables everybody who was hired, on a server that stays: nobody must be
// given work there by the next replay, or by anybody else.
func (s *Stage) Dismiss(ctx context.Context, p *People) error {
	if s.Own {
		return nil
	}
	var failed error
	for _, x := range p.byID {
		if _, err := s.Admin.UsersDisable(ctx, client.UsersDisableRequest{UserID: x.ID}); err != nil {
			failed = errors.Join(failed, fmt.Errorf("disable %s: %w", x.Name, err))
		}
	}
	return failed
}

// departments makes the departments that the organization does not have yet.
func (s *Stage) departments(ctx context.Context, roles []Role) error {
	list, err := s.Admin.DepartmentsList(ctx)
	if err != nil {
		return err
	}
	have := map[string]bool{"": true}
	for _, d := range list.Items {
		have[d.Key] = true
	}
	for _, r := range roles {
		if have[r.Department] {
			continue
		}
		if _, err := s.Admin.DepartmentsCreate(ctx, client.DepartmentsCreateRequest{Key: r.Department, Name: r.Department}); err != nil {
			return fmt.Errorf("department %s: %w", r.Department, err)
		}
		have[r.Department] = true
	}
	return nil
}

// report gives people their managers, one after the other.
func (s *Stage) report(ctx context.Context, p *People, all []*Person) error {
	for i, x := range all {
		if x.manager == "" {
			continue
		}
		boss := p.Pick(x.manager, i, func(b *Person) bool { return b == x })
		if boss == nil {
			return fmt.Errorf("there is nobody with the role %q to whom %s could report", x.manager, x.Name)
		}
		_, err := s.Admin.UsersUpdate(ctx, client.UsersUpdateRequest{UserID: x.ID, Revision: x.revision, Manager: client.To(boss.ID)})
		if err != nil {
			return fmt.Errorf("%s reports to %s: %w", x.Name, boss.Name, err)
		}
	}
	return nil
}

// roles makes the roles that the organization does not have yet.
func (s *Stage) roles(ctx context.Context, wanted []Role) error {
	list, err := s.Admin.RolesList(ctx)
	if err != nil {
		return err
	}
	have := map[string][]string{}
	for _, r := range list.Items {
		have[r.Key] = append([]string{""}, r.Permissions...)
	}
	for _, r := range wanted {
		rights := append([]string{string(access.RunStart)}, r.Rights...)
		if have[r.Key] == nil {
			if _, err := s.Admin.RolesCreate(ctx, client.RolesCreateRequest{Key: r.Key, Name: readable(r.Key), Permissions: rights}); err != nil {
				return fmt.Errorf("role %s: %w", r.Key, err)
			}
			have[r.Key] = rights
		}
		for _, right := range rights {
			if !slices.Contains(have[r.Key], right) {
				return fmt.Errorf("role %s is there already, without the right %s: give the role another key with `roles` in the mapping", r.Key, right)
			}
		}
	}
	return nil
}

// hands is how many accounts are made at once: hashing passwords keeps the processors busy.
const hands = 4

// accounts adds the people and signs them in.
func (s *Stage) accounts(ctx context.Context, all []*Person) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	batch := strings.ToLower(rand.Text()[:8]) // so that a second replay on one server has people of its own
	work := make(chan int)
	var group sync.WaitGroup
	for range min(hands, len(all)) {
		group.Go(func() {
			for i := range work {
				if err := s.hire(ctx, all[i], fmt.Sprintf("p%d.%s@replay.example", i+1, batch)); err != nil {
					cancel(fmt.Errorf("%s: %w", all[i].Name, err))
				}
			}
		})
	}
	for i := range all {
		if ctx.Err() != nil {
			break
		}
		work <- i
	}
	close(work)
	group.Wait()
	return context.Cause(ctx)
}

func (s *Stage) hire(ctx context.Context, p *Person, email string) error {
	password := rand.Text()
	name := []rune(p.Name)
	in := client.UsersCreateRequest{Email: email, Name: string(name[:min(len(name), 100)]), Password: client.To(password), Roles: p.Roles}
	if p.department != "" {
		in.Department = client.To(p.department)
	}
	u, err := s.Admin.UsersCreate(ctx, in)
	if err != nil {
		return err
	}
	p.ID, p.revision = u.ID, u.Revision
	p.API, err = s.Client(ctx, email, password)
	return err
}

// readable makes "budget_owner" "Budget owner".
func readable(key string) string {
	s := strings.ReplaceAll(key, "_", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}

func sorted(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
