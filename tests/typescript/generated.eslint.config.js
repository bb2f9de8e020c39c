// Style of what is generated. Run at the root of the checkout, as `make lint` does.
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  // The run time is checked where it lies.
  { ignores: ["generated/typescript/src/runtime/"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: "generated/typescript/tsconfig.json" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // What asks nothing of a value is called with it all the same.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // A type that is deprecated is mentioned by types that still have it.
      "@typescript-eslint/no-deprecated": "off",
      // A map of values of its own type cannot be a `Record`, and a schema may be called Record.
      "@typescript-eslint/consistent-indexed-object-style": ["error", "index-signature"],
      // A map has no fields of its own; an interface says that a value has.
      "@typescript-eslint/consistent-type-definitions": "off",
    },
  },
  {
    // What a value has is known to a gate from its structure, and not to the compiler.
    files: ["**/gates.ts", "**/shared/gates/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/restrict-plus-operands": "off",
    },
  },
);
