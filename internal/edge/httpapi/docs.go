package httpapi

import (
	"embed"
	"net/http"
	"strings"
	"sync"
)

// The page that shows the API needs nothing from outside: the content security
// policy holds for it as for everything else.
//
//go:embed docs
var docsFiles embed.FS

var docsAssets = sync.OnceValue(func() assets {
	out, err := newAssets(docsFiles)
	if err != nil { // the files are inside the binary
		panic(err)
	}
	return out
})

// serveDocs answers GET /api/docs and the script and style below it.
func serveDocs(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/api/docs"), "/")
	if name == "" {
		name = "index.html"
	}
	a, ok := docsAssets()["docs/"+name]
	if !ok {
		http.Redirect(w, r, "/api/docs", http.StatusSeeOther)
		return
	}
	a.serve(w, r)
}
