package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// ErrNoRows is what a query for one row returns when there is none.
var ErrNoRows = pgx.ErrNoRows

// IsUnique reports whether err says that a row of one of these unique
// constraints or indexes exists already; without names, of any.
func IsUnique(err error, constraints ...string) bool { return violates(err, "23505", constraints) }

// IsForeignKey reports whether err says that a row referred to does not exist,
// or one to be removed is still referred to, by one of these constraints;
// without names, by any.
func IsForeignKey(err error, constraints ...string) bool { return violates(err, "23503", constraints) }

func violates(err error, code string, constraints []string) bool {
	pe, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pe.Code == code && (len(constraints) == 0 || slices.Contains(constraints, pe.ConstraintName))
}

// retryable reports whether the same transaction may succeed when run again:
// a serialization failure, a deadlock, or a plan made before a migration.
func retryable(err error) bool {
	pe, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return false
	}
	return pe.Code == "40001" || pe.Code == "40P01" ||
		pe.Code == "0A000" && pe.Message == "cached plan must not change result type"
}

// translate gives outages the fault that people see and keeps the cause for the
// log. Violated constraints and missing rows pass through: they mean something
// to the caller alone.
func translate(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("db: the caller left: %w", errors.Join(context.Canceled, err))
	}
	message := outage(err)
	if message == "" {
		return err
	}
	f := fault.New(fault.Unavailable, "%s", message)
	f.RetryAfter = 2
	return fmt.Errorf("db: %w: %w", f, err)
}

const (
	busyMessage = "Somebody else is working on this right now. Nothing was changed; try again in a moment."
	slowMessage = "This took too long and was stopped. Nothing was changed; try again in a moment."
	downMessage = "The database cannot be reached right now. Try again in a moment."
	// unknownMessage is for a COMMIT that was sent and never answered.
	unknownMessage = "It is not known whether this was carried out. Look before you repeat it, or repeat it under the same Idempotency-Key."
)

// outage returns what to tell people when err is nobody's mistake, else "".
func outage(err error) string {
	if pe, ok := errors.AsType[*pgconn.PgError](err); ok {
		return outageOf(pe.Code)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return slowMessage
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return downMessage
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return downMessage
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err) {
		return downMessage
	}
	return ""
}

// outageOf sorts SQLSTATE codes: PostgreSQL manual, appendix A.
func outageOf(code string) string {
	switch code {
	case "40001", "40P01", "55P03": // serialization failure, deadlock, lock not available
		return busyMessage
	case "57014", "25P03": // statement timeout, idle in transaction
		return slowMessage
	case "57P01", "57P02", "57P03", "57P05", // shutdown, crash, starting up, idle session
		"25006",                            // read-only: the server became a standby
		"53000", "53100", "53200", "53300": // disk full, out of memory, too many connections
		return downMessage
	}
	if len(code) == 5 && code[:2] == "08" {
		return downMessage
	}
	return ""
}

// unanswered tells an outage whose COMMIT was on its way from one before it: then
// nobody may say that nothing was changed.
func unanswered(err error) error {
	if _, ok := errors.AsType[*pgconn.PgError](err); ok || outage(err) == "" {
		return err
	}
	f := fault.New(fault.Unavailable, unknownMessage)
	f.RetryAfter = 2
	return fmt.Errorf("db: %w: %w", f, err)
}
