package directory

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// NewOrg is an organization to be, and its first administrator.
type NewOrg struct {
	Slug string // of its address: acme.example.com
	Name string
	Zone string // IANA time zone; empty: UTC

	AdminName, AdminEmail, AdminPassword string
}

// CreatedOrg is a new organization and its administrator as an actor.
type CreatedOrg struct {
	ID    access.OrgID
	Admin access.Actor
}

var slugPattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// systemRoles come with every organization.
func systemRoles() []NewRole {
	all := []string{}
	for _, r := range access.Rights() {
		all = append(all, string(r.Permission))
	}
	texts := func(ps ...access.Permission) (out []string) {
		for _, p := range ps {
			out = append(out, string(p))
		}
		return out
	}
	everybody := []access.Permission{access.RunStart, access.WatcherSelf, access.StakeholderAdd}
	with := func(ps ...access.Permission) []string {
		return texts(append(everybody[:len(everybody):len(everybody)], ps...)...)
	}
	return []NewRole{
		{Key: adminRole, Name: "Administrator", Description: "May do everything.", Permissions: all},
		{Key: "designer", Name: "Designer", Description: "Draws and publishes workflows.", Permissions: with(access.WorkflowDesign, access.WorkflowPublish, access.WorkflowDelete)},
		{Key: "people", Name: "People administrator", Description: "Keeps people and departments up to date.", Permissions: with(access.UserManage, access.DepartmentManage)},
		{Key: "operator", Name: "Run administrator", Description: "Sees every request, cancels, reassigns and mends.", Permissions: with(access.RunViewAll, access.RunOperate, access.TaskReassignAny, access.TaskTakeOver)},
		{Key: "auditor", Name: "Auditor", Description: "Sees every request.", Permissions: with(access.RunViewAll)},
		{Key: everybodysRole, Name: "Employee", Description: "Starts requests and works on tasks. Everybody new gets it.", Permissions: with()},
	}
}

// CreateOrg makes an organization with its system roles and first administrator.
// It is for platform operators: no actor can reach it. It answers invalid for a
// slug or name that is taken.
func (s *Service) CreateOrg(ctx context.Context, in NewOrg) (CreatedOrg, error) {
	if in.Zone == "" {
		in.Zone = "UTC"
	}
	admin, err := in.check()
	if err != nil {
		return CreatedOrg{}, err
	}
	phc, err := s.hasher.hash(ctx, in.AdminPassword)
	if err != nil {
		return CreatedOrg{}, err
	}
	out := CreatedOrg{ID: access.OrgID(db.NewID())}
	out.Admin = access.Actor{Org: out.ID, User: admin.ID, Session: uuid.Nil}
	b := db.NewBatch()
	b.Exec(dbq.InsertOrg, in.Slug, in.Name, in.Zone)
	if err := writeUser(b, out.Admin, admin, true); err != nil {
		return CreatedOrg{}, err
	}
	b.Exec(dbq.SetPassword, admin.ID, phc)
	writeSystemRoles(b, out.Admin)
	if err := record(b, by(out.Admin, "orgs.create", out.ID.UUID(), nil)); err != nil {
		return CreatedOrg{}, err
	}
	err = s.DB.InOrg(ctx, out.ID, func(tx *db.Tx) error { return tx.Commit(b) })
	switch {
	case db.IsUnique(err, "orgs_slug_key"):
		return CreatedOrg{}, fault.At("slug", "Another organization has this address already.")
	case db.IsUnique(err, "orgs_name_key_key"):
		return CreatedOrg{}, fault.At("name", "Another organization has this name already.")
	case err != nil:
		return CreatedOrg{}, err
	}
	for _, r := range access.Rights() {
		out.Admin.Permissions = append(out.Admin.Permissions, r.Permission)
	}
	slices.Sort(out.Admin.Permissions)
	return out, nil
}

// writeSystemRoles queues the roles and gives the administrator the first and
// everybody's.
func writeSystemRoles(b *db.Batch, admin access.Actor) {
	for _, r := range systemRoles() {
		id := db.NewID()
		b.Exec(dbq.InsertRole, db.Args(dbq.InsertRoleParams{
			ID: id, Key: r.Key, Name: r.Name, Description: r.Description,
			Permissions: checkRights("", r.Permissions, &fault.Problems{}), System: true, ByID: &admin.User,
		})...)
		if r.Key == adminRole || r.Key == everybodysRole {
			b.Exec(dbq.InsertGrant, db.Args(dbq.InsertGrantParams{ID: db.NewID(), RoleID: id, UserID: &admin.User, ByID: &admin.User})...)
		}
	}
}

func (in NewOrg) check() (*person, error) {
	var problems fault.Problems
	if !slugPattern.MatchString(in.Slug) {
		problems.Add("slug", "Use 1 to 63 small letters, digits and -, as in a host name.")
	}
	named(in.Name, &problems)
	if _, err := time.LoadLocation(in.Zone); err != nil || in.Zone == "Local" {
		problems.Add("zone", "Give a time zone such as Asia/Kolkata.")
	}
	p := &person{attributes: map[string]any{}}
	p.ID = db.NewID()
	about := known{}.apply(p, Profile{Email: To(in.AdminEmail), Name: To(in.AdminName)})
	for _, q := range about {
		problems.Add("admin_"+q.Path, "%s", q.Message)
	}
	if err := checkPassword("admin_password", in.AdminPassword, in.AdminName, in.AdminEmail, in.Slug, in.Name); err != nil {
		var f *fault.Error
		if errors.As(err, &f) {
			problems.Add("admin_password", "%s", f.Message)
		}
	}
	return p, problems.Err("This organization cannot be made as it is.")
}
