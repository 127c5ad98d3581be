import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "**/src/db/", "**/scim/generated/", "test/golden/", "test/**/fixtures/", ".tmp/"] },
  ...tseslint.configs.strict,
  {
    rules: {
      // A comment that silences the compiler hides what a reviewer must see.
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "MemberExpression[object.name='process'][property.name='exit']", message: "Only cli.ts ends the process." },
      ],
    },
  },
);
