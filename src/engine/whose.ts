/** Whose a call is: of the tenant and the app that a verified token names, whatever a body says. */

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

/** What of a call is known to be another's than the token's that comes with a delivery about it. */
export function foreignPartOf(
  { tenantId, appId }: CallAddress,
  delivery: Delivery,
): 'tenant' | 'app' | undefined {
  if (tenantId !== undefined && tenantId.toLowerCase() !== delivery.tenantId.toLowerCase())
    return 'tenant'
  return appId !== undefined && appId !== delivery.appId ? 'app' : undefined
}
