package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"gopkg.in/yaml.v3"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/edge/httpapi"
)

// settingsFile answers kong's questions from a YAML file: one setting per line,
// named as its flag without the dashes (port: 9000).
type settingsFile map[string]any

func readSettings(r io.Reader) (kong.Resolver, error) {
	values := settingsFile{}
	if err := yaml.NewDecoder(r).Decode(&values); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the settings file is not YAML with one setting per line: %w", err)
	}
	return values, nil
}

// Validate refuses a name that is no setting: a misspelled one would be ignored in silence.
func (f settingsFile) Validate(app *kong.Application) error {
	known := map[string]bool{}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			known[flag.Name] = true
		}
		return next(nil)
	})
	for name := range f {
		if !known[name] {
			return fmt.Errorf("the settings file names %q, which is no setting; handstamp serve --help lists them", name)
		}
	}
	return nil
}

// Resolve gives a flag its value from the file, unless the environment has one:
// kong would let the file win.
func (f settingsFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if slices.ContainsFunc(flag.Envs, func(name string) bool { _, set := os.LookupEnv(name); return set }) {
		return nil, nil //nolint:nilnil // kong's way to say that the resolver has no answer
	}
	return f[flag.Name], nil
}

// logging is the settings of the log, which goes to standard error.
type logging struct {
	LogLevel  string `help:"What is logged: debug, info, warn or error." env:"LOG_LEVEL" enum:"debug,info,warn,error" default:"info"`
	LogFormat string `help:"How it is logged: text, json, or auto (text on a terminal)." env:"LOG_FORMAT" enum:"auto,text,json" default:"auto"`
}

func (l logging) open() *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(l.LogLevel)) // kong checked it
	options := &slog.HandlerOptions{Level: level}
	var h slog.Handler = slog.NewJSONHandler(os.Stderr, options)
	if l.LogFormat == "text" || (l.LogFormat == "auto" && onTerminal()) {
		h = slog.NewTextHandler(os.Stderr, options)
	}
	log := slog.New(httpapi.LogHandler(h))
	slog.SetDefault(log)
	return log
}

func onTerminal() bool {
	info, err := os.Stderr.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// sentence is what people see of an error that ends the program.
func sentence(err error) string {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return strings.TrimSpace(e.Message)
	}
	return strings.TrimSpace(err.Error())
}
