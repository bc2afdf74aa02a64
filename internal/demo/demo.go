// Package demo fills two organizations with people, workflows and requests, the
// way customers would: through the verbs, as the people who do it.
package demo

import (
	"context"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"github.com/handstamp/handstamp/internal/app/catalog"
	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Password is everybody's in the demo organizations.
const Password = "handstamp-demo"

// Services are the verbs the demo goes through.
type Services struct {
	Directory *directory.Service
	Catalog   *catalog.Service
	Runs      *runs.Service
}

//go:embed acme.csv
var acmePeople string

//go:embed globex.csv
var globexPeople string

// Org is one demo organization.
type Org struct {
	Slug, Name, Zone string
	// SignIns are a few addresses worth trying, with what each is good for.
	SignIns []SignIn

	people   string // CSV
	domain   string
	heads    map[string]string // department to the local part of an address
	requests []request
}

// SignIn is somebody to try the product as.
type SignIn struct{ Email, As string }

// Orgs lists the demo organizations.
func Orgs() []Org {
	return []Org{
		{
			Slug: "acme", Name: "Acme Industries", Zone: "Asia/Kolkata", people: acmePeople, domain: "acme.example",
			SignIns: []SignIn{
				{"asha.rao@acme.example", "engineer, asks for leave"},
				{"ravi.menon@acme.example", "her manager"},
				{"meera.iyer@acme.example", "HR, also draws workflows"},
				{"admin@acme.example", "administrator"},
			},
			heads: map[string]string{
				"HR": "priya.nair", "FIN": "suresh.iyengar", "IT": "farah.khan", "OPS": "rohan.kulkarni",
				"SALES": "neha.kapoor", "ENG": "lakshmi.narayanan", "LEGAL": "kabir.bose",
			},
			requests: acmeRequests(),
		},
		{
			Slug: "globex", Name: "Globex Europe", Zone: "Europe/Berlin", people: globexPeople, domain: "globex.example",
			SignIns: []SignIn{
				{"lea.hoffmann@globex.example", "engineer, asks for leave"},
				{"jonas.keller@globex.example", "her manager"},
				{"lukas.brandt@globex.example", "HR, also draws workflows"},
				{"admin@globex.example", "administrator"},
			},
			heads: map[string]string{
				"HR": "claire.dubois", "FIN": "matteo.rossi", "IT": "jan.kowalski", "OPS": "sofia.lindqvist",
				"SALES": "pablo.garcia", "ENG": "katarina.novak", "LEGAL": "henrik.jensen",
			},
			requests: globexRequests(),
		},
	}
}

// Fill makes whatever is missing in the demo organizations and reports whether
// it made one of them. Running it again repairs a half-made one and otherwise
// changes nothing.
func Fill(ctx context.Context, s Services) (made bool, err error) {
	for _, o := range Orgs() {
		fresh, err := o.fill(ctx, s)
		if err != nil {
			return made, fmt.Errorf("the demo organization %s: %w", o.Name, err)
		}
		made = made || fresh
	}
	return made, nil
}

// Make is Fill for a first start: it leaves an organization alone that exists.
func Make(ctx context.Context, s Services) (made bool, err error) {
	for _, o := range Orgs() {
		admin, err := o.create(ctx, s)
		if err != nil {
			return made, fmt.Errorf("the demo organization %s: %w", o.Name, err)
		}
		if admin == nil {
			continue
		}
		if err := o.furnish(ctx, s, *admin); err != nil {
			return made, fmt.Errorf("the demo organization %s: %w", o.Name, err)
		}
		made = true
	}
	return made, nil
}

func (o Org) fill(ctx context.Context, s Services) (fresh bool, err error) {
	admin, err := o.create(ctx, s)
	if err != nil {
		return false, err
	}
	if fresh = admin != nil; !fresh {
		if admin, err = o.admin(ctx, s); err != nil {
			return false, err
		}
	}
	return fresh, o.furnish(ctx, s, *admin)
}

// create makes the bare organization; it returns nil when there is one.
func (o Org) create(ctx context.Context, s Services) (*access.Actor, error) {
	in := directory.NewOrg{
		Slug: o.Slug, Name: o.Name, Zone: o.Zone,
		AdminEmail: "admin@" + o.domain, AdminName: o.adminName(), AdminPassword: Password,
	}
	made, err := s.Directory.CreateOrg(ctx, in)
	if taken(err) {
		return nil, nil
	}
	return &made.Admin, err
}

// taken reports whether the organization's address is in use.
func taken(err error) bool {
	e, ok := errors.AsType[*fault.Error](err)
	return ok && len(e.Fields) == 1 && e.Fields[0].Path == "slug"
}

// admin signs in as the administrator of an organization that exists.
func (o Org) admin(ctx context.Context, s Services) (*access.Actor, error) {
	in := directory.Login{Org: o.Slug, Email: "admin@" + o.domain, Password: Password}
	session, err := s.Directory.Login(ctx, in)
	if fault.Is(err, fault.Unauthenticated) {
		return nil, fault.New(fault.Conflict, "There is an organization %q already, and its administrator does not have the demo password. It stays as it is.", o.Slug)
	}
	if err != nil {
		return nil, err
	}
	claims, err := s.Directory.Authenticate(ctx, session.AccessToken)
	if err != nil {
		return nil, err
	}
	a, err := s.Directory.CheckSession(ctx, claims.Org, claims.Session)
	return &a, err
}

// adminName is the administrator's name in the table of people.
func (o Org) adminName() string {
	rows, err := csv.NewReader(strings.NewReader(o.people)).ReadAll()
	if err != nil {
		panic(err) // the table is part of the program
	}
	for _, row := range rows {
		if row[0] == "admin@"+o.domain {
			return row[1]
		}
	}
	panic("demo: nobody administers " + o.Slug)
}
