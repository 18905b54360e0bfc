// Binds the schema of a Pulumi package as the engine does, and generates its SDKs.
//
//	generator SCHEMA        says what Pulumi's binder finds; exits with 1 if it finds something
//	generator SCHEMA OUT    also writes OUT/nodejs and OUT/go
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/blang/semver"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const tool = "scripts/sdk/generate"

// The package stands alone: a reference to another one is an error of the schema.
type noOtherPackages struct{}

var errOtherPackage = errors.New("the schema refers to another package")

func (noOtherPackages) LoadPackage(string, *semver.Version) (*schema.Package, error) {
	return nil, errOtherPackage
}

func (noOtherPackages) LoadPackageV2(context.Context, *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, errOtherPackage
}

func (noOtherPackages) LoadPackageReference(string, *semver.Version) (schema.PackageReference, error) {
	return nil, errOtherPackage
}

func (noOtherPackages) LoadPackageReferenceV2(
	context.Context, *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return nil, errOtherPackage
}

// bind reads a schema. A key that Pulumi does not know is an error, a warning of its binder too.
func bind(path string) (*schema.Package, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var spec schema.PackageSpec
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&spec); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	bound, diagnostics, err := schema.BindSpec(spec, noOtherPackages{}, schema.ValidationOptions{})
	var found []string
	for _, one := range diagnostics {
		found = append(found, fmt.Sprintf("%s: %s %s", path, one.Summary, one.Detail))
	}
	if err != nil {
		found = append(found, fmt.Sprintf("%s: %s", path, err))
	}
	if len(found) > 0 {
		return nil, errors.New(strings.Join(found, "\n"))
	}
	return bound, nil
}

func write(folder string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func run(arguments []string) error {
	if len(arguments) != 1 && len(arguments) != 2 {
		return errors.New("usage: generator SCHEMA [OUT]")
	}
	// A generator changes the package that it is given: each has its own.
	forNode, err := bind(arguments[0])
	if err != nil || len(arguments) == 1 {
		return err
	}
	forGo, err := bind(arguments[0])
	if err != nil {
		return err
	}
	files, err := nodejs.GeneratePackage(tool, forNode, nil, nil, false, noOtherPackages{})
	if err != nil {
		return err
	}
	if err := write(filepath.Join(arguments[1], "nodejs"), files); err != nil {
		return err
	}
	files, err = gogen.GeneratePackage(tool, forGo, nil)
	if err != nil {
		return err
	}
	return write(filepath.Join(arguments[1], "go"), files)
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
