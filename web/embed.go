// Package web carries the built web application inside the binary.
package web

import (
	"embed"
	"io/fs"
)

// The folder above the build is embedded, because it always holds a file: a
// binary built before the web application still compiles.
//
//go:embed all:dist
var dist embed.FS

// Files returns the built application: index.html, its assets below assets/ (named
// by their content, so they may be cached for ever) and a few small files beside
// them. It is empty when the application was not built before the binary;
// opening index.html then answers fs.ErrNotExist.
func Files() fs.FS {
	app, err := fs.Sub(dist, "dist/app")
	if err != nil { // only a malformed constant path can cause it
		panic("web: " + err.Error())
	}
	return app
}
