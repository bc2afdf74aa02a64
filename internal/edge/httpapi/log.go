package httpapi

import (
	"context"
	"log/slog"
	"slices"
)

type logKey struct{}

// LogWith returns a context whose log lines carry the attributes.
func LogWith(ctx context.Context, attrs ...slog.Attr) context.Context {
	before, _ := ctx.Value(logKey{}).([]slog.Attr)
	return context.WithValue(ctx, logKey{}, append(slices.Clip(before), attrs...))
}

// LogHandler adds the attributes of LogWith to what h writes.
func LogHandler(h slog.Handler) slog.Handler { return contextHandler{h} }

type contextHandler struct{ slog.Handler }

func (h contextHandler) Handle(ctx context.Context, rec slog.Record) error {
	if attrs, ok := ctx.Value(logKey{}).([]slog.Attr); ok {
		rec.AddAttrs(attrs...)
	}
	return h.Handler.Handle(ctx, rec)
}

func (h contextHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return contextHandler{h.Handler.WithAttrs(attrs)}
}

func (h contextHandler) WithGroup(name string) slog.Handler {
	return contextHandler{h.Handler.WithGroup(name)}
}
