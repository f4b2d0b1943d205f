package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/zalando/go-keyring"

	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/vault"
)

// What this computer's own account keeps for a home: only the account that switched it on opens the home so, for sync
// --watch, which runs while nobody sits there.
var (
	ErrNoAccount = problem.New("no secret service", "这台电脑没有可用的系统钥匙串（密钥环），不能替您记着钥匙。自动报送请改用密码文件（--password-file），或装好钥匙串再试。")
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

// LetAccount lets the account of this computer open the home, or no longer. It fails with ErrNoAccount.
func (a *App) LetAccount(ctx context.Context, may bool) error {
	if err := a.Crew.Guard(ctx, a.Clerk(), right.Exchange); err != nil {
		return err
	}
	return a.change(func(v *vault.Vault) error {
		v.Remove(a.key, func(h vault.Holder) bool { return h.Kind == vault.Account })
		if !may {
			if err := keyring.Delete(service, bearer(a.Home)); err != nil && !errors.Is(err, keyring.ErrNotFound) {
				return fmt.Errorf("%w: %w", ErrNoAccount, err)
			}
			return nil
		}
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
