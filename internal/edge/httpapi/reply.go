package httpapi

import (
	"reflect"
	"strings"
)

// containers finds the lists and maps of a reply type that are always present,
// as index paths. Go writes a nil one as null; our document promises [] and {}.
// Only what lies inside the reply value itself is found: what it points to may
// be shared with other requests and is never written to.
func containers(t reflect.Type) [][]int {
	var paths [][]int
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || strings.Contains(options, "omit") || (!f.IsExported() && !f.Anonymous) {
			continue
		}
		switch f.Type.Kind() {
		case reflect.Slice, reflect.Map:
			if f.IsExported() {
				paths = append(paths, []int{i})
			}
		case reflect.Struct:
			for _, below := range containers(f.Type) {
				paths = append(paths, append([]int{i}, below...))
			}
		}
	}
	return paths
}

// fillContainers makes the nil ones of a reply empty.
func fillContainers(reply reflect.Value, paths [][]int) {
	for _, path := range paths {
		f := reply.FieldByIndex(path)
		switch {
		case !f.IsNil():
		case f.Kind() == reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		default:
			f.Set(reflect.MakeMap(f.Type()))
		}
	}
}
