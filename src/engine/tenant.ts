/** Whose a call is: of the tenant that a verified token names, whatever a body says. */

import type { Delivery } from './intake.ts'
import type { CallAddress } from './outbound.ts'

/** The delivery, its calls said to be of the token's tenant: requests are later made in a call's tenant. */
export function ofProvenTenant(delivery: Delivery): Delivery {
  const { notification, tenantId } = delivery
  const resources = notification.resources.map((resource) =>
    resource.tenantId === undefined ? resource : { ...resource, tenantId },
  )
  return { ...delivery, notification: { ...notification, resources } }
}

/** Whether a call is known to be of another tenant than the one that tells of it. */
export function isOfAnother({ tenantId }: CallAddress, delivery: Delivery): boolean {
  return tenantId !== undefined && tenantId.toLowerCase() !== delivery.tenantId.toLowerCase()
}
