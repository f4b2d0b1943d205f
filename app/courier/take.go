package courier

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"lianluo.local/data/bundle"
	"lianluo.local/data/disk"
	"lianluo.local/data/folder"
	"lianluo.local/data/home"
)

// Take takes in one bundle that came another way than over the shared folder, by mail or on any stick, whatever it is called
// by now: as if it lay there, by the same checks, and the folder need not be connected. Nothing is sent; its writer hears of it
// with the next round. It fails with why the bundle was not taken, which is what Reason gives for a file of a round.
func (c *Courier) Take(ctx context.Context, file string) (r Round, err error) {
	c.alone.Lock()
	defer c.alone.Unlock()
	in, err := home.OpenFile(file)
	if err != nil {
		return r, fmt.Errorf("take bundle: %w", err)
	}
	defer in.Close()
	h, err := bundle.Peek(in)
	if err == nil {
		_, err = in.Seek(0, io.SeekStart)
	}
	if err != nil {
		return r, fmt.Errorf("take bundle: %w", err)
	}
	f, gone, err := c.lone()
	if err != nil {
		return r, fmt.Errorf("take bundle: %w", err)
	}
	defer gone()
	err = f.Drop(c.Settings.Unit, h.From, bundle.Name(h), func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
	switch {
	case errors.Is(err, folder.ErrName): // no unit is called so
		err = fmt.Errorf("%w: from %q", bundle.ErrDamaged, h.From)
	case err == nil:
		err = c.takeIn(ctx, f, &r)
	}
	if err != nil {
		return r, fmt.Errorf("take bundle: %w", err)
	}
	return r, nil
}

// lone makes a shared folder in which nothing lies, for gone to remove.
func (c *Courier) lone() (f *folder.Folder, gone func(), err error) {
	if err := os.MkdirAll(c.Aside, 0o700); err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp(c.Aside, ".taken-*")
	if err != nil {
		return nil, nil, err
	}
	const id = "taken"
	if _, err = folder.Prepare(dir, id); err == nil {
		f, err = folder.Open(dir, id)
	}
	if err != nil {
		return nil, nil, errors.Join(err, disk.RemoveAll(dir))
	}
	return f, func() {
		_ = f.Close()
		_ = disk.RemoveAll(dir)
	}, nil
}

// takeIn opens what lies in a lone folder. Its files are not remembered as those of the shared folder are, which is where
// files are passed over and told of.
func (c *Courier) takeIn(ctx context.Context, f *folder.Folder, r *Round) error {
	if err := c.Recognise(ctx, false); err != nil {
		return err
	}
	pic, err := c.Picture(ctx)
	if err != nil {
		return err
	}
	s, files, unreadable, err := c.shelf(ctx, f, pic, nil)
	if err = errors.Join(err, unreadable); err != nil {
		return err
	}
	if err := c.open(ctx, f, files, s, r); err != nil {
		return err
	}
	if len(s.meet) > 0 {
		return Reason(s.meet[0].Why)
	}
	return errors.Join(c.reconsider(ctx, r), c.Recognise(ctx, true))
}
