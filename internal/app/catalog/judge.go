package catalog

import (
	"strings"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
	"github.com/handstamp/handstamp/internal/facts"
)

// judged is a definition held against the organization it shall run in.
type judged struct {
	version  *workflow.Version // nil when there are problems
	problems fault.Problems
	org      workflow.Org
	keyFree  bool // no other workflow has the key
}

// self is the workflow a definition belongs to.
type self struct {
	id  uuid.UUID // Nil: whichever has the key
	key string    // that may not change any more; "" before the first publish
}

// self tells the judge which workflow a draft belongs to. One that is only being
// made may meet its own key: then somebody made it at the same moment, and the
// insert will tell.
func (d *design) self() self {
	if d.fresh {
		return self{}
	}
	return self{d.row.ID, d.fixedKey()}
}

// judge compiles a document with what the organization has, attributes, roles,
// departments and people, and returns every problem. It takes one round trip.
func (s *Service) judge(send func(*db.Batch) error, doc workflow.Document, me self) (judged, error) {
	j := judged{org: workflow.Org{User: rule.Schema{}, Roles: []string{}, Departments: []string{}}, keyFree: true}
	var rivals []dbq.FindRivalsRow
	emails, ids := named(doc)
	active := map[string]bool{}
	b := db.NewBatch()
	facts.UserSchema(b, j.org.User)
	db.Each(b, func(key string) { j.org.Roles = append(j.org.Roles, key) }, dbq.ListOrgRoles)
	db.Each(b, func(d dbq.ListOrgDepartmentsRow) { j.org.Departments = append(j.org.Departments, d.Key) }, dbq.ListOrgDepartments)
	if len(emails)+len(ids) > 0 {
		db.Each(b, func(u dbq.FindActiveUsersRow) { active[u.ID.String()], active[u.Email] = true, true },
			dbq.FindActiveUsers, emails, ids)
	}
	if keys := started(doc); len(keys) > 0 {
		j.org.Workflows = []string{}
		db.Each(b, func(key string) { j.org.Workflows = append(j.org.Workflows, key) }, dbq.ListPublishedKeys, keys)
	}
	db.Many(b, &rivals, dbq.FindRivals, db.Args(dbq.FindRivalsParams{Key: doc.Key, Prefix: prefix(doc), Self: me.id})...)
	if err := send(b); err != nil {
		return j, err
	}
	j.org.Users = func(emailOrID string) bool { return active[person(emailOrID)] }
	j.version, j.problems = workflow.Compile(doc, j.org)
	j.names(doc, me, rivals)
	if len(j.problems) > 0 {
		j.version = nil
	}
	return j, nil
}

// started lists the workflows that a document starts.
func started(doc workflow.Document) []string {
	var keys []string
	for _, st := range doc.Steps {
		if st.Starts != nil {
			keys = append(keys, st.Starts.Workflow)
		}
	}
	return keys
}

// names checks that key and prefix are the workflow's own.
func (j *judged) names(doc workflow.Document, me self, rivals []dbq.FindRivalsRow) {
	if me.key != "" && doc.Key != me.key {
		j.problems.Add("key", "The key cannot change after the first publish: it is %s.", me.key)
	}
	for _, r := range rivals {
		switch {
		case r.SameKey && me.id == uuid.Nil: // that is the workflow it belongs to
		case r.SameKey:
			j.keyFree = false
			j.problems.Add("key", "The workflow %q has the key %s already. Choose another one.", r.Name, r.Key)
		case r.SamePrefix:
			j.problems.Add("prefix", "The requests of %q are numbered %s-1, %s-2 … already. Choose another prefix.", r.Name, prefix(doc), prefix(doc))
		}
	}
}

// person is how a person named in a document is looked up: by id, or by email in
// lower case.
func person(emailOrID string) string {
	if id, err := uuid.Parse(emailOrID); err == nil {
		return id.String()
	}
	return strings.ToLower(emailOrID)
}

// people lists everybody a document names, each as it stands there.
func people(doc workflow.Document) []string {
	var out []string
	notify := func(n *workflow.Notify) {
		if n != nil {
			out = append(out, n.Stakeholders...)
		}
	}
	notify(doc.Notify)
	for _, st := range doc.Steps {
		notify(st.Notify)
		if st.Assignee != nil && st.Assignee.User != "" {
			out = append(out, st.Assignee.User)
		}
	}
	return out
}

func named(doc workflow.Document) (emails []string, ids []uuid.UUID) {
	for _, p := range people(doc) {
		if id, err := uuid.Parse(p); err == nil {
			ids = append(ids, id)
		} else {
			emails = append(emails, person(p))
		}
	}
	return emails, ids
}
