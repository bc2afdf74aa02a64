package db

import (
	"database/sql"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// Batch collects statements that travel to PostgreSQL together. A batch is sent
// once.
type Batch struct {
	queue pgx.Batch
}

// NewBatch returns an empty batch.
func NewBatch() *Batch { return &Batch{} }

// Len is the number of statements queued so far.
func (b *Batch) Len() int {
	if b == nil {
		return 0
	}
	return b.queue.Len()
}

// Exec queues a statement whose result does not matter beyond its success.
func (b *Batch) Exec(sql string, args ...any) { b.queue.Queue(sql, args...) }

// Insert queues one insert of several rows, given a statement that inserts one by
// VALUES. Rows are cut into portions, so that few different statements are prepared.
func (b *Batch) Insert(sql string, rows ...[]any) {
	for portion := range slices.Chunk(rows, mostRows) {
		b.queue.Queue(repeated(sql, len(portion)), slices.Concat(portion...)...)
	}
}

const mostRows = 8

// repetition is a statement with so many rows of values.
type repetition struct {
	sql  string
	rows int
}

var (
	repetitions sync.Map // repetition → text; there are few: statements are constants
	oneRow      = regexp.MustCompile(`(?s)^(.*\bVALUES )(\([^()]*\))(.*)$`)
	placeholder = regexp.MustCompile(`\$[0-9]+`)
)

// repeated repeats the row of values of an insert, with further placeholders.
func repeated(sql string, rows int) string {
	if text, ok := repetitions.Load(repetition{sql, rows}); ok {
		return text.(string)
	}
	parts := oneRow.FindStringSubmatch(sql)
	if parts == nil {
		panic("db: not an insert of one row: " + sql)
	}
	width := len(placeholder.FindAllString(parts[2], -1))
	values := make([]string, rows)
	for i := range values {
		values[i] = placeholder.ReplaceAllStringFunc(parts[2], func(p string) string {
			n, _ := strconv.Atoi(p[1:])
			return "$" + strconv.Itoa(n+i*width)
		})
	}
	text := parts[1] + strings.Join(values, ", ") + parts[3]
	repetitions.Store(repetition{sql, rows}, text)
	return text
}

// Found tells, after the trip, whether One met a row.
type Found struct{ OK bool }

// One queues a query and scans its first row into dst. A struct takes the
// columns by position (fields tagged `db:"-"` are left out), anything else the
// only column. Without a row dst stays as it is and Found.OK is false.
func One[T any](b *Batch, dst *T, query string, args ...any) *Found {
	found := new(Found)
	scan := scanner[T]()
	b.queue.Queue(query, args...).Query(func(rows pgx.Rows) error {
		if !rows.Next() {
			return rows.Err()
		}
		v, err := scan(rows)
		if err != nil {
			return err
		}
		*dst, found.OK = v, true
		return nil
	})
	return found
}

// Many queues a query and sets dst to its rows, scanned as One does. Without
// rows dst becomes empty, not nil.
func Many[T any](b *Batch, dst *[]T, query string, args ...any) {
	scan := scanner[T]()
	b.queue.Queue(query, args...).Query(func(rows pgx.Rows) error {
		all, err := pgx.CollectRows(rows, scan)
		if err != nil {
			return err
		}
		*dst = all
		return nil
	})
}

// Each queues a query and calls fn for each of its rows, scanned as One does,
// while the answer is read.
func Each[T any](b *Batch, fn func(T), query string, args ...any) {
	scan := scanner[T]()
	b.queue.Queue(query, args...).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			v, err := scan(rows)
			if err != nil {
				return err
			}
			fn(v)
		}
		return rows.Err()
	})
}

// scanner chooses between one column and one column per field.
func scanner[T any]() pgx.RowToFunc[T] {
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[time.Time]() {
		return pgx.RowTo[T]
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[sql.Scanner]()) {
		return pgx.RowTo[T]
	}
	return pgx.RowToStructByPos[T]
}
