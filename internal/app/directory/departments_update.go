package directory

import (
	"context"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// DepartmentUpdate changes a department. Its key stays: rules name it.
type DepartmentUpdate struct {
	Department uuid.UUID
	Revision   int
	Name       Change[string]
	Head       Change[uuid.UUID]
	Once       Key
}

// UpdateDepartment changes a department's name or head. It answers conflict when
// the revision is not the present one.
func (s *Service) UpdateDepartment(ctx context.Context, a access.Actor, in DepartmentUpdate) (Department, error) {
	if err := require(a, access.DepartmentManage); err != nil {
		return Department{}, err
	}
	_, err := s.once(ctx, a, "departments.update", in.Once, in.Department, func(tx *db.Tx) error { return updateDepartment(tx, a, in) })
	if err != nil {
		return Department{}, departmentFault(err)
	}
	return s.department(ctx, a, in.Department)
}

func updateDepartment(tx *db.Tx, a access.Actor, in DepartmentUpdate) error {
	var d dbq.GetDepartmentRow
	b := db.NewBatch()
	found := db.One(b, &d, dbq.GetDepartment, in.Department)
	if err := tx.Send(b); err != nil {
		return err
	}
	if !found.OK {
		return fault.New(fault.NotFound, "There is no such department.")
	}
	if int(d.Revision) != in.Revision {
		return stale("department")
	}
	if in.Name.Given {
		var problems fault.Problems
		d.Name = ""
		if in.Name.Value != nil {
			d.Name = *in.Name.Value
		}
		d.Name = named(d.Name, &problems)
		if err := problems.Err("This department cannot be changed like that."); err != nil {
			return err
		}
	}
	if in.Head.Given {
		d.HeadID = in.Head.Value
	}
	writes := db.NewBatch()
	writes.Exec(dbq.UpdateDepartment, db.Args(dbq.UpdateDepartmentParams{ID: d.ID, Name: d.Name, HeadID: d.HeadID, ByID: orNull(a.User)})...)
	if err := record(writes, by(a, "departments.update", d.ID, nil)); err != nil {
		return err
	}
	return tx.Commit(writes)
}
