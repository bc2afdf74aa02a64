package directory

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbq"
)

// Session is one place where somebody is signed in.
type Session struct {
	ID         uuid.UUID `json:"id"`
	CreatedAt  time.Time `json:"created_at"`
	LastSeenAt time.Time `json:"last_seen_at" doc:"To within the life of an access token."`
	UserAgent  string    `json:"user_agent"`
	IP         string    `json:"ip"`
	Current    bool      `json:"current" doc:"Whether it is the session of this request."`
}

// SessionList are the actor's sessions, the one used last first.
type SessionList struct {
	Items []Session `json:"items"`
}

// ListSessions returns where the actor is signed in.
func (s *Service) ListSessions(ctx context.Context, a access.Actor) (SessionList, error) {
	var rows []dbq.ListSessionsRow
	b := db.NewBatch()
	db.Many(b, &rows, dbq.ListSessions, db.Args(dbq.ListSessionsParams{UserID: a.User, IdleSeconds: s.settings.RefreshIdle.Seconds()})...)
	if err := s.DB.Read(ctx, a.Org, b); err != nil {
		return SessionList{}, err
	}
	out := SessionList{Items: make([]Session, len(rows))}
	for i, r := range rows {
		out.Items[i] = Session{
			ID: r.ID, CreatedAt: r.CreatedAt, LastSeenAt: r.LastSeenAt,
			UserAgent: r.UserAgent, IP: r.Ip, Current: r.ID == a.Session,
		}
	}
	return out, nil
}
