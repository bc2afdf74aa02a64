package db

import "reflect"

// Args spreads the parameters of a generated query, which stand in the order of
// its placeholders, for Batch.Exec, One and Many.
func Args(params any) []any {
	v := reflect.ValueOf(params)
	args := make([]any, v.NumField())
	for i := range args {
		args[i] = v.Field(i).Interface()
	}
	return args
}

// Append queues the statements of another batch behind those of b.
func (b *Batch) Append(more *Batch) {
	b.queue.QueuedQueries = append(b.queue.QueuedQueries, more.queue.QueuedQueries...)
}
