package httpapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/access"
)

type text = directory.Change[string]

// UserMembers are what both creating and changing a person may say. In a change
// an absent member stays as it is and null clears it.
type UserMembers struct {
	Password    text                      `json:"password,omitzero" maxLength:"1024" writeOnly:"true" doc:"8 to 128 characters. Without one he cannot sign in."`
	Manager     text                      `json:"manager,omitzero" maxLength:"254" doc:"Address or id of whom he reports to."`
	Department  text                      `json:"department,omitzero" maxLength:"200" doc:"Its key, name or id." example:"ENG"`
	Designation text                      `json:"designation,omitzero" maxLength:"200" doc:"Job title." example:"Engineer"`
	Level       text                      `json:"level,omitzero" maxLength:"200" doc:"Grade." example:"E3"`
	LevelRank   directory.Change[float64] `json:"level_rank,omitzero" doc:"Where the level stands: rules compare it, so that M5 and above can be said."`
	City        text                      `json:"city,omitzero" maxLength:"200" doc:"Where he works."`
	State       text                      `json:"state,omitzero" maxLength:"200" doc:"Where he works."`
	Country     text                      `json:"country,omitzero" maxLength:"200" doc:"Where he works."`
	Location    text                      `json:"location,omitzero" maxLength:"200" doc:"Office or site."`
	Attributes  map[string]any            `json:"attributes,omitempty" doc:"The organization's own attributes by key; null removes one."`
	Roles       []string                  `json:"roles,omitempty" maxItems:"50" maxLength:"64" doc:"Keys of the roles given to the person himself; absent: as they are."`
}

func (m UserMembers) profile(email, name text) directory.Profile {
	return directory.Profile{
		Email: email, Name: name, Password: m.Password, Manager: m.Manager, Department: m.Department,
		Designation: m.Designation, Level: m.Level, City: m.City, State: m.State, Country: m.Country, Location: m.Location,
		LevelRank: m.LevelRank, Attributes: m.Attributes, Roles: m.Roles,
	}
}

// How a directory.Change looks in JSON.
type (
	nullableText   struct{}
	nullableNumber struct{}
	nullableID     struct{}
)

// Schema implements huma.SchemaProvider.
func (nullableText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

// Schema implements huma.SchemaProvider.
func (nullableNumber) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Nullable: true}
}

// Schema implements huma.SchemaProvider.
func (nullableID) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid", Nullable: true}
}

type userList struct {
	Page
	Query      string `json:"query,omitempty" maxLength:"200" doc:"Beginning of a name, last name or address."`
	Department string `json:"department,omitempty" maxLength:"64" doc:"Its key or id."`
	Status     string `json:"status,omitempty" enum:"active,disabled" doc:"Only these."`
	Role       string `json:"role,omitempty" maxLength:"64" doc:"Its key or id."`
}

type userID struct {
	UserID uuid.UUID `json:"user_id" doc:"The person."`
}

type userCreate struct {
	keyed
	Email string `json:"email" maxLength:"254" doc:"He signs in with it." example:"asha.rao@acme.example"`
	Name  string `json:"name" maxLength:"200" doc:"As colleagues know him." example:"Asha Rao"`
	UserMembers
}

type userUpdate struct {
	keyed
	UserID   uuid.UUID `json:"user_id" doc:"The person."`
	Revision int       `json:"revision" minimum:"0" maximum:"2000000000" doc:"The one that was seen, so that nobody's change is lost."`
	Email    text      `json:"email,omitzero" maxLength:"254" doc:"He signs in with it."`
	Name     text      `json:"name,omitzero" maxLength:"200" doc:"As colleagues know him."`
	UserMembers
}

type userEnable struct {
	keyed
	UserID uuid.UUID `json:"user_id" doc:"The person."`
}

type userDisable struct {
	keyed
	UserID   uuid.UUID `json:"user_id" doc:"The person."`
	Revision int       `json:"revision,omitempty" minimum:"0" maximum:"2000000000" doc:"The one that was seen; without it he is taken as he is."`
}

type userImport struct {
	keyed
	CSV    string `json:"csv" minLength:"1" maxLength:"1000000" doc:"RFC 4180. The first line names the columns: email and name, and any of manager, department, designation, level, level_rank, city, state, country, location, roles and the organization's own attributes." example:"email,name,manager\nasha.rao@acme.example,Asha Rao,ravi.menon@acme.example"`
	DryRun bool   `json:"dry_run" doc:"Tell what would happen and change nothing."`
}

type peopleSearch struct {
	Query string `json:"query,omitempty" maxLength:"200" doc:"Beginning of a name, last name or address."`
	Limit int    `json:"limit,omitempty" minimum:"1" maximum:"50" doc:"How many; 10 when absent."`
}

func userOperations(r *registry, s *directory.Service) {
	op(r, "users.list", access.UserManage, read, "List people",
		"People by name, with everything an administrator sees.",
		func(ctx context.Context, a access.Actor, in userList) (directory.UserList, error) {
			return s.ListUsers(ctx, a, directory.UserFilter{
				Query: in.Query, Department: in.Department, Status: in.Status, Role: in.Role, Page: directory.Page(in.Page),
			})
		})
	op(r, "users.get", access.Member, read, "Read a person",
		"One person, for those who manage people and for himself.",
		func(ctx context.Context, a access.Actor, in userID) (directory.User, error) {
			return s.GetUser(ctx, a, in.UserID)
		})
	op(r, "users.create", access.UserManage, change, "Add a person",
		"Adds a person to the organization. The roles may not give more than the caller has.",
		func(ctx context.Context, a access.Actor, in userCreate) (directory.User, error) {
			p := in.profile(directory.To(in.Email), directory.To(in.Name))
			p.Once = in.once()
			return s.CreateUser(ctx, a, p)
		})
	op(r, "users.update", access.UserManage, change, "Change a person",
		"Changes what is given; null clears. A new password or address ends his sessions.",
		func(ctx context.Context, a access.Actor, in userUpdate) (directory.User, error) {
			p := in.profile(in.Email, in.Name)
			p.Once = in.once()
			return s.UpdateUser(ctx, a, directory.UserUpdate{User: in.UserID, Revision: in.Revision, Profile: p})
		})
	op(r, "users.disable", access.UserManage, change, "Disable a person",
		"Ends his sessions and keeps him from signing in. What he did stays; the tasks he holds go to whom their workflows would ask in his place.",
		func(ctx context.Context, a access.Actor, in userDisable) (directory.DisabledUser, error) {
			return s.DisableUser(ctx, a, in.UserID, in.Revision, in.once())
		})
	op(r, "users.enable", access.UserManage, change, "Enable a person",
		"Lets a disabled person sign in again.",
		func(ctx context.Context, a access.Actor, in userEnable) (directory.User, error) {
			return s.EnableUser(ctx, a, in.UserID, in.once())
		})
	op(r, "users.import", access.UserManage, change, "Import people",
		"Adds and changes people from a table. With a single error nothing is changed. A repeat under the same key tells what the table would change by then.",
		func(ctx context.Context, a access.Actor, in userImport) (directory.Imported, error) {
			return s.ImportUsers(ctx, a, directory.Import{CSV: in.CSV, DryRun: in.DryRun, Once: in.once()})
		})
	op(r, "users.impact", access.UserManage, read, "What disabling a person would leave behind",
		"The open tasks he holds, who reports to him, and what he heads and owns. Changes nothing.",
		func(ctx context.Context, a access.Actor, in userID) (directory.Impact, error) {
			return s.UserImpact(ctx, a, in.UserID)
		})
	op(r, "people.search", access.Member, read, "Find colleagues",
		"Active people of the organization, for choosing one.",
		func(ctx context.Context, a access.Actor, in peopleSearch) (directory.PersonList, error) {
			return s.SearchPeople(ctx, a, in.Query, in.Limit)
		})
	op(r, "people.tree", access.Member, read, "Who reports to whom",
		"Everybody, with whom he reports to: what the picture of the reporting lines is drawn from.",
		func(ctx context.Context, a access.Actor, _ nothing) (directory.Tree, error) {
			return s.PeopleTree(ctx, a)
		})
}
