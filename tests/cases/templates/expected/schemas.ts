import { z } from "zod";

export const Size: z.ZodType = z.union([z.literal("small"), z.literal("large"), z.never()]);

export const Drink: z.ZodType = z
  .object({
    "name": z.string().min(1),
    "size": z.lazy(() => Size).optional(),
    "sugar": z.number().int().gte(0).lte(3).optional(),
  })
  .passthrough();

export const Order: z.ZodType = z
  .object({
    "drinks": z.array(z.lazy(() => Drink)).min(1),
    "guest": z.union([z.string(), z.null()]).optional(),
  })
  .passthrough();
