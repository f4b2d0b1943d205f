package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/zalando/go-keyring"

	"lianluo.local/data/audit"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/vault"
)

// What this computer's own account keeps for a home: only the account that switched it on opens the home so, for sync
// --watch, which runs while nobody sits there.
var (
	ErrNoAccount = problem.New("no secret service", "系统钥匙串（密钥环）没有装，或者还锁着，不能替您记着钥匙。请登录这台电脑的桌面再试，或者自动报送改用密码文件（--password-file）。")
	ErrAccount   = problem.New("account has no key of this home", "这个系统账户没有这里的钥匙。请先用密码打开，再打开“自动报送不问密码”。")
)

const service = "lianluo"

// UnlockByAccount gives the key of a home to the account of this computer that was let in (LetAccount). It fails with
// ErrAccount and ErrNoAccount.
func UnlockByAccount(h home.Home) (p Pass, err error) {
	v, err := vaultOf(h)
	if err != nil {
		return p, err
	}
	if !v.Has(vault.Account) {
		return p, ErrAccount
	}
	text, err := keyring.Get(service, bearer(h))
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return p, ErrAccount
	case err != nil:
		return p, fmt.Errorf("%w: %w", ErrNoAccount, err)
	}
	seed, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		p, err = passed(v.BySeed(vault.Account, seed))
	}
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrAccount, err)
	}
	return p, err
}

// bearer names a home in the keyring of the system.
func bearer(h home.Home) string {
	if dir, err := filepath.Abs(string(h)); err == nil {
		return dir
	}
	return string(h)
}

// LetAccount lets the account of this computer open the home, or no longer: what the keyring of the system keeps then opens
// nothing, and goes where the keyring can be asked. It fails with ErrNoAccount.
func (a *App) LetAccount(ctx context.Context, may bool) (err error) {
	defer func() {
		a.note(a.Clerk(), audit.Protect, map[bool]string{true: "account", false: "account dropped"}[may], err)
	}()
	if err := a.Crew.Guard(ctx, a.Clerk(), right.Exchange); err != nil {
		return err
	}
	was := func(h vault.Holder) bool { return h.Kind == vault.Account }
	if !may {
		_ = keyring.Delete(service, bearer(a.Home))
		return a.drop(ctx, was)
	}
	return a.change(func(v *vault.Vault) error {
		v.Remove(a.key, was)
		seed, err := v.AddSeed(a.key, vault.Holder{Kind: vault.Account, Made: a.Now()}, rand.Reader)
		if err != nil {
			return err
		}
		if err := keyring.Set(service, bearer(a.Home), base64.StdEncoding.EncodeToString(seed)); err != nil {
			return fmt.Errorf("%w: %w", ErrNoAccount, err)
		}
		return nil
	})
}
