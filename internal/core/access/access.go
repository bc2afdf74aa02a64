// Package access says who is asking and what he may do. It is pure: the same
// functions guard the verbs under their lock and tell the screen which buttons
// to draw.
package access

import (
	"slices"

	"github.com/google/uuid"
)

// OrgID is an organization. It is a type of its own, so that no other id can
// be passed where a tenant is meant.
type OrgID uuid.UUID

// UUID returns the bare id, for parameters of a query.
func (o OrgID) UUID() uuid.UUID { return uuid.UUID(o) }

// String returns the id in its usual form.
func (o OrgID) String() string { return uuid.UUID(o).String() }

// Actor is the signed-in caller of a verb.
type Actor struct {
	Org     OrgID
	User    uuid.UUID
	Session uuid.UUID
	// Permissions are those his roles grant in the whole org, sorted.
	Permissions []Permission
}

// Has reports whether the actor holds the permission.
func (a Actor) Has(p Permission) bool {
	_, ok := slices.BinarySearch(a.Permissions, p)
	return ok
}

// Permission is a right that a role grants. Participation in a run grants the
// rest: see Run and Task.
type Permission string

// What an operation may ask for beside a right of its own.
const (
	// Public operations need no sign-in.
	Public Permission = "public"
	// Member operations need a sign-in and nothing else; their verbs decide.
	Member Permission = "member"
)

// The rights that roles grant.
const (
	RunStart         Permission = "run.start"
	RunViewAll       Permission = "run.view_all"
	RunOperate       Permission = "run.operate" // cancel, hold, mend incidents
	RunMigrate       Permission = "run.migrate"
	WatcherSelf      Permission = "watcher.self"
	StakeholderAdd   Permission = "stakeholder.add"
	TaskReassignAny  Permission = "task.reassign_any"
	TaskTakeOver     Permission = "task.takeover"
	WorkflowDesign   Permission = "workflow.design"
	WorkflowPublish  Permission = "workflow.publish"
	WorkflowDelete   Permission = "workflow.delete"
	UserManage       Permission = "user.manage"
	RoleManage       Permission = "role.manage"
	DepartmentManage Permission = "department.manage"
	OrgSettings      Permission = "org.settings"
)

// Right describes a permission to people.
type Right struct {
	Permission Permission `json:"permission"`
	Meaning    string     `json:"meaning"`
}

// Rights lists every permission a role can grant, with what it allows.
func Rights() []Right {
	return []Right{
		{RunStart, "Start requests of the workflows they may see"},
		{RunViewAll, "See every request of the organization"},
		{RunOperate, "Cancel, hold and resume any request, and mend incidents"},
		{RunMigrate, "Move requests under way to another version of their workflow"},
		{WatcherSelf, "Watch requests they may see"},
		{StakeholderAdd, "Let others see the requests they take part in"},
		{TaskReassignAny, "Hand any open task to somebody else"},
		{TaskTakeOver, "Take over the tasks of absent colleagues and decide on their behalf"},
		{WorkflowDesign, "Draft workflows and forms"},
		{WorkflowPublish, "Publish and unpublish workflows"},
		{WorkflowDelete, "Delete workflows; their requests stay"},
		{UserManage, "Create, change and disable people"},
		{RoleManage, "Change roles and who has them"},
		{DepartmentManage, "Change departments and their heads"},
		{OrgSettings, "Say what is known about people: attributes"},
	}
}
